// The phone beside the text: drawn by the server a second after typing stops, with the gauges and what is to be mended.

const DRAW_AFTER = 1000;

export class Preview {
  // `parts`: {frame, gauges, publish}. `found(problems)` hears what is to be mended.
  constructor(page, parts, read, found) {
    Object.assign(this, { page, parts, read, found, asked: 0 });
    parts.frame.addEventListener('load', () => this.arrived());
    this.arrived();
  }

  // Nothing in the frame leads anywhere, and it may show where something is to be mended.
  arrived() {
    const inside = this.parts.frame.contentDocument;
    if (!inside || !inside.body || inside.documentElement.dataset.still) return;
    inside.documentElement.dataset.still = '1';
    inside.addEventListener('click', (event) => { if (event.target.closest('a, button')) event.preventDefault(); }, true);
    inside.addEventListener('submit', (event) => event.preventDefault(), true);
    const style = inside.createElement('link');
    style.rel = 'stylesheet';
    style.href = this.page.style;
    inside.head.append(style);
    this.unhide(inside);
  }

  // What a phone's own script shows: reading aloud by its voice.
  unhide(inside) {
    inside.querySelectorAll('[data-listen]').forEach((bar) => { bar.hidden = false; });
  }

  later(delay = DRAW_AFTER) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), delay);
  }

  async draw() {
    this.asked += 1;
    const mine = this.asked;
    try {
      const answer = await fetch(this.page.preview, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.page.token },
        body: JSON.stringify({ text: this.read() }),
      });
      if (!answer.ok || mine !== this.asked) return;
      this.show(await answer.json());
    } catch {
      // Without network the last picture stays; the saving says that there is none.
    }
  }

  show(drawn) {
    const inside = this.parts.frame.contentDocument;
    const top = inside.scrollingElement ? inside.scrollingElement.scrollTop : 0;
    const fresh = new DOMParser().parseFromString(drawn.page, 'text/html');
    inside.documentElement.lang = fresh.documentElement.lang;
    inside.body.replaceWith(inside.adoptNode(fresh.body));
    this.unhide(inside);
    if (inside.scrollingElement) inside.scrollingElement.scrollTop = top;
    this.parts.gauges.innerHTML = drawn.gauges;
    this.parts.publish.innerHTML = drawn.publish;
    drawn.problems.filter((one) => one.anchor).forEach((one) => this.point(inside, one));
    this.found(drawn.problems);
  }

  // A frame and a word around the part of the page that is to be mended.
  point(inside, problem) {
    const part = inside.getElementById(problem.anchor);
    if (!part || part.dataset.fault) return;
    part.dataset.fault = '1';
    const note = inside.createElement('p');
    note.className = 'fault-note';
    note.textContent = problem.label;
    part.prepend(note);
  }
}
