// The room while it runs: puts clock, audience, microphone, teleprompter and recording together, and keeps what there is
// every two seconds, so that a crash loses no more.

import { Listening } from '../shots/listening.js';
import { Audience, TICK } from './audience.js';
import { told } from './clock.js';
import { keep, keepChunk } from './keeping.js';
import { measured, moments, voiceDigits } from './measures.js';
import { Recorder, room } from './recorder.js';
import { planned } from './segments.js';
import { Stage } from './stage.js';
import { Talking } from './talking.js';
import { Prompter, SIZES } from './teleprompter.js';

const BEAT = 200; // ms
const KEPT_EVERY = 2; // seconds
const WINDOW = 5; // seconds of a measure of loudness and speed
const LOOK = 30; // seconds between two looks at the phone's room
const LEAST_ROOM = 20; // megabytes below which the recording ends
const AT_ONCE = 40; // ticks of the audience in one beat at most, after a phone that slept

export class Live {
  constructor(host, { choices, bank, session, stream, clock }) {
    Object.assign(this, { host, choices, bank, session, stream, clock, kept: 0, looked: 0, windowAt: 0, over: false });
    this.seconds = 60 * choices.minutes;
    this.plan = planned(host.words.parts, this.seconds);
    this.audience = new Audience({ seed: session.seed, level: choices.level, bank, seconds: this.seconds, slow: choices.slow });
    this.prompter = new Prompter({ text: choices.text, bullets: choices.bullets, speed: choices.speed });
    this.stage = new Stage(host, { bank, card: choices.card, did: (kind, detail) => this.did(kind, detail) });
    this.controls = new AbortController();
    this.drawParts();
    this.drawPrompt();
    this.listen();
  }

  on(name, deed) {
    this.host.part(name).addEventListener('click', deed, { signal: this.controls.signal });
  }

  // (WebView 87 knows no signal for listeners: there a finished room's buttons do nothing, for `over` is looked at.)
  listen() {
    const guarded = (deed) => (event) => { if (!this.over) deed(event); };
    this.on('next-part', guarded(() => this.nextPart()));
    this.on('prompt', guarded(() => this.tapPrompt()));
    this.on('prompt-up', guarded(() => this.stepPrompt(-1)));
    this.on('prompt-down', guarded(() => this.stepPrompt(1)));
    this.on('card', guarded(() => { this.did('card'); this.flash('card'); }));
    this.on('size', guarded(() => this.nextSize()));
    this.on('pace', guarded(() => this.changePace()));
    this.on('pause', guarded(() => this.pause()));
    this.on('go-on', guarded(() => this.goOn()));
    this.on('stop', guarded(() => this.end()));
    this.on('end', guarded(() => this.leave()));
    this.on('finish-now', guarded(() => this.end()));
    this.host.querySelectorAll('[data-deed]').forEach((button) => button.addEventListener('click', guarded(() => {
      this.did(button.dataset.deed);
      this.flash('', button);
    }), { signal: this.controls.signal }));
    this.seen = () => { if (document.hidden) this.away(); };
    document.addEventListener('visibilitychange', this.seen);
    addEventListener('pagehide', this.seen);
  }

  async start() {
    const { host, stream } = this;
    host.part('pace-words').textContent = host.words.said[this.choices.slow ? 'slow' : 'normal'];
    host.part('whole').textContent = ` / ${told(this.seconds)}`;
    const video = stream && stream.getVideoTracks().length > 0;
    host.part('video').hidden = !video;
    host.part('no-picture').hidden = video;
    if (!stream) host.part('no-picture-why').textContent = host.words.said.taps_only;
    if (video) { host.part('video').srcObject = stream; host.part('video').play().catch(() => {}); }
    await this.hear();
    if (this.over) return; // ended before the microphone was ready
    this.record();
    this.clock.go();
    this.timer = setInterval(() => this.beat(), BEAT);
    await this.keep();
  }

  async hear() {
    this.talking = null;
    if (!this.stream || !this.stream.getAudioTracks().length) return;
    this.listening = new Listening();
    this.talking = new Talking();
    this.listening.hearing = this.talking;
    await this.listening.start(this.stream).catch(() => { this.talking = null; });
  }

  record() {
    const { said } = this.host.words;
    this.recording = Boolean(this.stream && this.choices.record !== 'taps');
    if (this.recording) {
      this.recorder = new Recorder({
        stream: this.stream, now: () => this.clock.seconds,
        keep: (part, number, blob) => keepChunk(this.host.person, this.session.id, part, number, blob),
        told: (what, facts) => this.heardOfRecorder(what, facts),
      });
      this.recorder.start();
    }
    this.host.part('stop-words').textContent = this.recording ? said.recording : said.not_recording;
    this.host.part('dot').hidden = !this.recording;
  }

  heardOfRecorder(what, facts) {
    if (what === 'part') this.session.parts.push(facts);
    else {
      this.stage.note(this.host.words.said[what]);
      if (what === 'camera_gone') { this.host.part('video').hidden = true; this.host.part('no-picture').hidden = false; }
      else this.host.part('dot').hidden = true;
    }
  }

  did(kind, detail) {
    this.audience.input(kind, detail);
  }

  flash(name, button = this.host.part(name)) {
    button.classList.add('tapped');
    setTimeout(() => button.classList.remove('tapped'), 400);
  }

  beat() {
    if (!this.clock.running || this.over) return;
    const until = Math.min(this.clock.seconds, this.seconds);
    for (let count = 0; this.audience.now + TICK <= until && count < AT_ONCE; count += 1) this.tick();
    this.drawClock(until);
    if (until - this.kept >= KEPT_EVERY * this.clock.speed) this.keep();
    if (until - this.looked >= LOOK) this.look(until);
    if (this.audience.now + TICK > this.seconds) this.end();
  }

  tick() {
    const voice = this.talking ? this.talking.take() : { speaking: null, loud: false };
    this.session.ticks.push(voice.speaking === null ? null : Number(voice.speaking));
    this.audience.input('voice', voice);
    this.audience.tick().forEach((one) => this.stage.show(one));
    if (this.prompter.pass(TICK)) this.drawPrompt();
    if (this.talking && this.audience.now - this.windowAt >= WINDOW) {
      this.windowAt = this.audience.now;
      this.session.windows.push(this.talking.window(this.audience.now));
    }
  }

  async look(now) {
    this.looked = now;
    const free = this.recorder ? await room().catch(() => null) : null;
    if (free !== null && free < LEAST_ROOM && !this.recorder.ended) this.recorder.full();
  }

  // Once a second: painting is what costs most here.
  drawClock(now) {
    if (Math.floor(now) === this.drawn) return;
    this.drawn = Math.floor(now);
    this.host.part('clock').textContent = told(now);
    this.drawPart(now);
  }

  // The parts of the broadcast.
  drawParts() {
    const box = this.host.part('plan');
    box.replaceChildren(...this.plan.map((part, at) => {
      const piece = document.createElement('i');
      piece.className = `part-${at + 1}`;
      piece.style.flexGrow = String(part.to - part.from);
      return piece;
    }));
    this.part = 0;
    this.drawPart(0);
  }

  drawPart(now) {
    const pieces = this.host.part('plan').children;
    [...pieces].forEach((piece, at) => { piece.classList.toggle('here', at === this.part); });
    const { label, to } = this.plan[this.part];
    this.host.part('part-name').textContent = this.host.words.said.until.replace('{part}', label).replace('{time}', told(to));
    this.host.part('part-name').classList.toggle('late', now > to && this.part < this.plan.length - 1);
    this.host.part('next-part').hidden = this.part >= this.plan.length - 1;
  }

  nextPart() {
    this.session.moves.push(this.audience.now);
    this.part += 1;
    this.did('part');
    this.drawPart(this.audience.now);
  }

  // The teleprompter.
  drawPrompt() {
    this.host.part('prompter').hidden = !this.prompter.lines.length;
    const [before, now, after] = this.prompter.shown;
    this.host.part('prompt-before').textContent = before;
    this.host.part('prompt-now').textContent = now;
    this.host.part('prompt-after').textContent = after;
    this.host.part('prompt').setAttribute('aria-pressed', String(this.prompter.held));
  }

  tapPrompt() {
    if (this.prompter.moves) this.prompter.held = !this.prompter.held;
    else this.prompter.step(1);
    this.drawPrompt();
  }

  stepPrompt(by) {
    this.prompter.step(by);
    this.drawPrompt();
  }

  nextSize() {
    const box = this.host.part('prompter');
    const at = SIZES.indexOf(box.dataset.size || 'middle');
    box.dataset.size = SIZES[(at + 1) % SIZES.length];
  }

  changePace() {
    this.choices.slow = !this.choices.slow;
    this.did('pace', { slow: this.choices.slow });
    this.host.part('pace-words').textContent = this.host.words.said[this.choices.slow ? 'slow' : 'normal'];
  }

  pause(why = '') {
    if (!this.clock.running) return;
    this.clock.stop();
    this.audience.tell('did', { kind: why ? 'away' : 'pause' });
    if (this.recorder) this.recorder.pause();
    this.host.part('paused').hidden = false;
    if (why) this.host.part('paused-why').textContent = why;
    this.host.part('go-on').focus();
    this.keep();
  }

  away() {
    if (!this.over) this.pause(this.host.words.said.was_away);
  }

  goOn() {
    this.host.part('paused').hidden = true;
    if (this.listening) this.listening.wake();
    if (this.recorder) this.recorder.resume();
    this.clock.go();
  }

  // What is kept for a crash. Where the phone is full, the rehearsal goes on without.
  async keep() {
    this.kept = this.clock.seconds;
    this.note();
    await keep(this.host.person, this.session).catch(() => {});
  }

  note() {
    const { log, now, peak } = this.audience;
    Object.assign(this.session, { seconds: Math.min(this.seconds, now), log, peak });
  }

  // Back is tapped by mistake: the clock stands still, and going on or ending is asked.
  leave() {
    if (this.clock.running) this.pause();
    else if (this.host.part('paused').hidden) this.end();
  }

  async end() {
    if (this.over) return;
    await this.close();
    this.note();
    this.host.ended(finished(this.session, this.bank, this.host.words.parts));
  }

  // Camera, microphone and recording are let go of; the last piece is kept.
  async close() {
    this.over = true;
    this.clock.stop();
    clearInterval(this.timer);
    this.controls.abort();
    document.removeEventListener('visibilitychange', this.seen);
    removeEventListener('pagehide', this.seen);
    if (this.recorder) await this.recorder.stop();
    if (this.listening) this.listening.stop();
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
  }
}

// A session that has ended, or broke off, with the row that goes to the server.
export function finished(session, bank, parts) {
  const { log, ticks, windows, moves } = session;
  const seconds = Math.max(1, Math.round(session.seconds));
  const plan = planned(parts, 60 * session.minutes);
  const row = {
    id: session.id, level: session.level, seed: session.seed, goods: session.goods, script: session.script, seconds, at: session.at,
    measures: measured({ log, ticks, step: TICK, windows, plan, moves, seconds, peak: session.peak }),
    timeline: { moments: moments({ log, ticks, step: TICK, bank, seconds }), voice: voiceDigits(ticks.slice(0, seconds / TICK), TICK), bank: bank.version },
  };
  return { ...session, state: 'done', seconds, row, log: [], ticks: [], windows: [] };
}
