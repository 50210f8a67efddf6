// The room in which a page is read aloud: one sentence large, a button, a meter; each is sent as soon as it is spoken.

import { idOf, keep, waiting } from './keeping.js';
import { Microphone, canRecord } from './microphone.js';
import { Sender } from './sending.js';

class SentenceRecorder extends HTMLElement {
  async connectedCallback() {
    if (!canRecord()) return;
    const { person, token, to, track } = this.dataset;
    this.words = JSON.parse(this.dataset.words);
    this.place = { to, track };
    this.person = person;
    this.rows = [...this.querySelectorAll('[data-sentence]')];
    this.microphone = new Microphone();
    this.sender = new Sender(person, token, (...news) => this.hear(...news));
    this.recording = false;
    this.part('booth').hidden = false;
    this.part('plain').hidden = true;
    this.go(this.next(-1));
    this.wire();
    const mine = await this.mine();
    if (!mine.length) return;
    mine.forEach((take) => this.mark(take.sentence, 'unsent'));
    this.go(this.next(-1));
    this.sender.flush();
  }

  disconnectedCallback() { this.microphone.close(); }

  part(name) { return this.querySelector(`[data-${name}]`); }

  wire() {
    this.part('record').addEventListener('click', () => this.toggle());
    this.part('before').addEventListener('click', () => this.go(this.at - 1));
    this.part('after').addEventListener('click', () => this.go(this.at + 1));
    this.rows.forEach((row, at) => row.querySelector('[data-text]').addEventListener('click', () => this.go(at)));
    addEventListener('pagehide', () => this.microphone.close());
    addEventListener('keydown', (event) => this.key(event));
  }

  key(event) {
    if (event.target.closest('button, input, select, textarea, summary, a, audio') || event.ctrlKey || event.metaKey || event.altKey) return;
    const deeds = {
      ' ': () => this.toggle(),
      ArrowLeft: () => this.go(this.at - 1),
      ArrowRight: () => this.go(this.at + 1),
      p: () => { if (!this.part('sound').hidden) this.part('sound').play(); },
    };
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed || event.repeat) return;
    event.preventDefault();
    deed();
  }

  // What of this page waits on this phone.
  async mine() {
    const all = await waiting(this.person).catch(() => []);
    return all.filter((take) => take.to === this.place.to && take.track === this.place.track);
  }

  // The next sentence after `at` that nobody has said; the one after it where all are said.
  next(at) {
    const open = (row) => !row.dataset.heard && !row.dataset.unsent;
    const later = this.rows.findIndex((row, n) => n > at && open(row));
    const first = this.rows.findIndex(open);
    return [later, first, at + 1].find((one) => one >= 0);
  }

  go(at) {
    if (this.recording || at < 0 || at >= this.rows.length) return;
    const row = this.rows[at];
    this.at = at;
    this.rows.forEach((one, n) => (n === at ? one.setAttribute('aria-current', 'true') : one.removeAttribute('aria-current')));
    this.part('now').textContent = row.querySelector('[data-text]').textContent;
    this.part('place').textContent = this.words.place.replace('{number}', at + 1).replace('{total}', this.rows.length);
    this.draw();
  }

  draw() {
    const row = this.rows[this.at];
    const sound = this.part('sound');
    const said = this.rows.filter((one) => one.dataset.heard || one.dataset.unsent).length;
    this.part('total').textContent = this.words.total.replace('{said}', said).replace('{total}', this.rows.length);
    this.part('record-word').textContent = this.words[this.recording ? 'stop' : row.dataset.heard || row.dataset.unsent ? 'again' : 'start'];
    this.part('record').setAttribute('aria-pressed', String(this.recording));
    this.part('before').disabled = this.recording || this.at === 0;
    this.part('after').disabled = this.recording || this.at === this.rows.length - 1;
    sound.hidden = this.recording || !row.dataset.heard;
    if (!sound.hidden && sound.getAttribute('src') !== row.dataset.heard) sound.src = row.dataset.heard;
  }

  say(text) { this.part('said').textContent = text; }

  async toggle() {
    if (this.recording) {
      this.microphone.stop();
      return;
    }
    this.part('sound').pause();
    this.recording = true;
    let blob = null;
    try {
      await this.microphone.open();
      this.say(this.words.listening);
      this.draw();
      this.watch();
      blob = await this.microphone.record();
    } catch {
      this.microphone.close();
      this.say(this.words.not_allowed);
    }
    this.recording = false;
    this.draw();
    if (blob) await this.spoken(this.rows[this.at], blob);
  }

  // How loud it is, while somebody speaks.
  watch() {
    const meter = this.part('level');
    meter.value = this.recording ? this.microphone.level() : Number(meter.min);
    if (this.recording) requestAnimationFrame(() => this.watch());
  }

  async spoken(row, blob) {
    const take = { ...this.place, sentence: row.dataset.sentence, blob, at: Date.now() };
    try {
      await keep(this.person, take);
    } catch {
      this.say(this.words.full);
      this.draw();
      return;
    }
    // What was said is there to be heard at once, whatever the network does.
    row.dataset.heard = URL.createObjectURL(blob);
    this.mark(take.sentence, 'unsent');
    this.say(this.words.sending);
    this.sender.flush();
    this.go(this.next(this.at));
    this.count();
  }

  mark(sentence, state) {
    const row = this.rows.find((one) => one.dataset.sentence === sentence);
    if (!row) return;
    row.toggleAttribute('data-unsent', false);
    if (state === 'unsent') row.dataset.unsent = '1';
    row.querySelector('[data-state]').replaceChildren(this.querySelector(`template[data-${state}]`).content.cloneNode(true));
  }

  hear(state, take, facts) {
    const here = take && idOf(take) === idOf({ ...this.place, sentence: take.sentence });
    const row = here && this.rows.find((one) => one.dataset.sentence === take.sentence);
    if (state === 'signed_out') this.say(this.words.signed_out);
    if (row && state === 'sent') {
      row.dataset.heard = facts.sound;
      this.mark(take.sentence, 'recorded');
      this.say(facts.said || (facts.missing ? this.words.kept : this.words.all));
    }
    if (row && state === 'refused') {
      delete row.dataset.heard;
      this.mark(take.sentence, 'refused');
      this.go(this.rows.indexOf(row));
      this.say(facts.error);
    }
    if (!this.recording) this.draw();
    this.count();
  }

  async count() {
    const waits = (await this.mine()).length;
    this.part('waiting').textContent = waits ? this.words.waiting.replace('{count}', waits) : '';
  }
}

customElements.define('sentence-recorder', SentenceRecorder);
