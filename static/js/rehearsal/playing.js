// The recording of a rehearsal: played at a second, cut to a clip, handed in, deleted.

import { handIn } from '../submissions/outbox.js';
import { told } from './clock.js';
import { drop, dropRecording, keep, recording } from './keeping.js';
import { isWebm, written } from './webm.js';

const MEGABYTE = 1048576;
const LEAD = 2; // seconds before a moment
const size = (blob) => (blob.size / MEGABYTE).toFixed(1);

// Minutes and seconds as fingers type them, on keyboards that have no colon too: 1:05, １：０５, 1.05, 65.
export function secondsOf(text) {
  const parts = text.normalize('NFKC').split(/[^0-9]+/).filter(Boolean);
  if (!text.trim()) return 0;
  return parts.length && parts.length < 3 ? parts.reduce((sum, part) => 60 * sum + Number(part), 0) : NaN;
}

export class Playing {
  constructor(box, host) {
    Object.assign(this, { box, host, session: null, part: 0, whole: null, clip: null });
    this.on('cut', 'click', () => this.cut());
    this.on('uncut', 'click', () => this.uncut());
    this.on('drop-recording', 'click', () => this.drop());
    this.on('hand-in', 'submit', (event) => { event.preventDefault(); this.send(); });
    addEventListener('fieldcast-outbox', ({ detail }) => this.heard(detail));
  }

  one(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  on(name, kind, deed) {
    if (this.one(name)) this.one(name).addEventListener(kind, deed);
  }

  get said() {
    return this.host.words.said;
  }

  say(words) {
    this.one('said').textContent = words;
  }

  // A session of this phone, or null when it lies elsewhere.
  async open(session) {
    this.session = session;
    const parts = session ? session.parts : [];
    this.one('no-recording').hidden = parts.length > 0;
    this.one('no-recording').textContent = this.said.no_recording;
    this.one('player').hidden = !parts.length;
    this.one('after').hidden = !parts.length;
    this.say('');
    if (!parts.length) return;
    this.drawParts(parts);
    await this.load(0);
  }

  // More than one part only where the camera was taken away.
  drawParts(parts) {
    const buttons = parts.length < 2 ? [] : parts.map(({ from }, at) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: told(from) });
      button.addEventListener('click', () => this.load(at));
      return button;
    });
    this.one('parts-choice').replaceChildren(...buttons);
  }

  async load(at) {
    const { person } = this.host;
    const { mime } = this.session.parts[at];
    const raw = await recording(person, this.session.id, at, mime).catch(() => null);
    if (!raw) { this.one('player').hidden = true; this.one('after').hidden = true; this.one('no-recording').hidden = false; return; }
    const better = isWebm(mime) ? await written(raw).catch(() => null) : null;
    Object.assign(this, { part: at, whole: better ? better.blob : raw, raw, seconds: better ? better.seconds : null, clip: null });
    [...this.one('parts-choice').children].forEach((button, place) => button.setAttribute('aria-pressed', String(place === at)));
    this.play(this.whole);
    this.one('recording-said').textContent = this.said.here_only.replace('{size}', size(this.whole));
    this.one('drop-recording').hidden = false;
    this.one('clip').hidden = !better;
    this.one('to').value = told(this.seconds || 0);
    this.offer();
  }

  play(blob) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(blob);
    this.one('playback').src = this.address;
  }

  // To a second of the rehearsal, in whichever part it lies.
  async go(second) {
    if (!this.whole) return;
    const { parts } = this.session;
    const at = parts.reduce((found, one, place) => (one.from <= second ? place : found), 0);
    if (this.clip) this.uncut();
    if (at !== this.part) await this.load(at);
    const video = this.one('playback');
    video.currentTime = Math.max(0, second - parts[at].from - LEAD);
    await video.play().catch(() => {});
    video.scrollIntoView({ block: 'nearest' });
  }

  async cut() {
    const [from, to] = [secondsOf(this.one('from').value), secondsOf(this.one('to').value)];
    if (!(from < to && from < this.seconds)) { this.say(this.said.no_clip); return; }
    this.say(this.said.cutting);
    const made = await written(this.raw, from, to).catch(() => null);
    if (!made) { this.say(this.said.cannot_cut); return; }
    this.clip = made.blob;
    this.play(made.blob);
    this.one('uncut').hidden = false;
    const end = made.from + made.seconds;
    this.say(this.said.cut.replace('{from}', told(made.from)).replace('{to}', told(end)).replace('{size}', size(made.blob)));
    this.offer();
  }

  uncut() {
    this.clip = null;
    this.one('uncut').hidden = true;
    this.play(this.whole);
    this.say('');
    this.offer();
  }

  get chosen() {
    return this.clip || this.whole;
  }

  // Handing in, where the room was opened for a task that takes this kind and this size.
  offer() {
    const form = this.one('hand-in');
    if (!form) return;
    const { kinds, most } = this.host.task;
    const { kind } = this.session.parts[this.part];
    const right = kinds.includes(kind);
    const small = this.chosen.size <= most * MEGABYTE;
    form.hidden = !right || !small || Boolean(this.handed);
    this.one('wrong-kind').hidden = right;
    // Who else can be seen is asked of pictures, and answered by nobody but her.
    Object.assign(this.one('others'), { hidden: kind === 'audio', disabled: kind === 'audio' });
    this.one('weight').textContent = `${size(this.chosen)} MB`;
    if (right && !small) this.say(this.said.too_big.replace('{size}', size(this.chosen)).replace('{most}', most));
  }

  async send() {
    const { task, person } = this.host;
    const { elements } = this.one('hand-in');
    const { kind } = this.session.parts[this.part];
    const { row, at } = this.session;
    const name = `rehearsal-${at.slice(0, 10)}.${this.chosen.type.split('/')[1]}`;
    const verdicts = { by: 'rehearsal room 1', level: row.level, goods: row.goods, seed: row.seed, seconds: row.seconds, measures: row.measures };
    const handed = await handIn({
      person, action: task.target, page: task.page, title: task.title, task: task.for,
      fields: { words: elements.words.value, others: elements.others.value },
      pieces: [{ kind, blob: this.chosen, name, verdicts }],
    });
    this.handed = handed.id;
    this.one('hand-in').hidden = true;
    this.say(handed.kept ? this.said.going : this.said.full_going);
  }

  async heard({ id, state, sent, size: bytes, page, why }) {
    if (!this.handed || id !== this.handed) return;
    if (state === 'sending') this.say(this.said.percent.replace('{percent}', Math.round((100 * sent) / bytes)));
    else if (state === 'sent') await this.arrived(page);
    else if (state === 'refused') { this.handed = null; this.say(why || this.said.broken); this.one('hand-in').hidden = false; }
  }

  async arrived(page) {
    this.say(this.said.sent);
    this.session.handedIn = new Date().toISOString();
    await keep(this.host.person, this.session).catch(() => {});
    location.assign(page);
  }

  async drop() {
    const { person } = this.host;
    await dropRecording(person, this.session.id).catch(() => {});
    this.session.parts = [];
    await (this.session.number || this.session.refused ? drop(person, this.session.id) : keep(person, this.session)).catch(() => {});
    this.one('playback').removeAttribute('src');
    Object.assign(this, { whole: null, clip: null });
    this.one('player').hidden = true;
    this.one('clip').hidden = true;
    if (this.one('hand-in')) this.one('hand-in').hidden = true;
    this.one('drop-recording').hidden = true;
    this.say(this.said.deleted);
  }
}
