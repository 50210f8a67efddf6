// The sheet behind the textarea: line numbers, colours of headings and blocks, and the lines that are to be mended.
// The textarea stays what it is; its letters are only seen through.

const FENCE = /^(?::{3}|：{3})/;

function kindOf(line, inMatter) {
  if (inMatter) return 'matter';
  if (/^#{1,6}\s/.test(line)) return 'heading';
  if (/^>[!！]/.test(line) || /^\*\*.+\*\*$/.test(line.trim())) return 'strong';
  return FENCE.test(line) ? 'fence' : '';
}

export class Paper {
  constructor(area) {
    this.area = area;
    this.faults = new Map();
    this.sheet = document.createElement('div');
    this.sheet.className = 'mirror';
    this.sheet.setAttribute('aria-hidden', 'true');
    area.before(this.sheet);
    area.parentElement.classList.add('mirrored');
    area.addEventListener('input', () => this.draw());
    this.draw();
  }

  draw() {
    const lines = this.area.value.split('\n');
    const closed = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
    while (this.sheet.children.length > lines.length) this.sheet.lastChild.remove();
    lines.forEach((line, n) => {
      const row = this.sheet.children[n] || this.sheet.appendChild(document.createElement('div'));
      const fault = this.faults.get(n + 1);
      const kind = `line ${kindOf(line, n <= closed)}${fault ? ' fault' : ''}`;
      // A zero-width space gives an empty line its height.
      const shown = line || '\u200b';
      if (row.className !== kind) row.className = kind;
      if (row.textContent !== shown) row.textContent = shown;
      row.dataset.number = n + 1;
    });
  }

  // `problems`: [{line, words, must}].
  mark(problems) {
    this.faults = new Map(problems.map((one) => [one.line, one]));
    this.draw();
  }

  goTo(number) {
    const lines = this.area.value.split('\n');
    const line = Math.min(Math.max(number, 1), lines.length);
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, start + lines[line - 1].length);
    this.sheet.children[line - 1].scrollIntoView({ block: 'center' });
  }

  // Replace the whole text in one step that the browser can undo, and tell everybody.
  write({ text, start, end }) {
    const scroll = this.area.parentElement.scrollTop;
    this.area.focus({ preventScroll: true });
    let [from, same] = [0, 0];
    const old = this.area.value;
    while (from < old.length && old[from] === text[from]) from += 1;
    while (same < old.length - from && same < text.length - from && old[old.length - 1 - same] === text[text.length - 1 - same]) same += 1;
    this.area.setSelectionRange(from, old.length - same);
    const fresh = text.slice(from, text.length - same);
    const done = fresh ? document.execCommand('insertText', false, fresh) : document.execCommand('delete');
    if (!done || this.area.value !== text) {
      this.area.value = text;
      this.area.dispatchEvent(new Event('input', { bubbles: true }));
    }
    this.area.setSelectionRange(start, end);
    this.area.parentElement.scrollTop = scroll;
  }
}
