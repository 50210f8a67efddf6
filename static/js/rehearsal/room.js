// The rehearsal room's page: set-up, room, report. Everything stays on this phone but the figures.

import { newId } from '../learn/queue.js';
import { newSeed } from './chance.js';
import { Clock } from './clock.js';
import { drop, keep, wipe } from './keeping.js';
import { finished, Live } from './live.js';
import { Report } from './report.js';
import { send } from './sending.js';
import { Setup } from './setup.js';

const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 }, facingMode: { ideal: 'user' } };
// What a phone does to make calls pleasant hides how loud somebody really is.
const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const SCREENS = ['setup', 'live', 'report'];

class RehearsalRoom extends HTMLElement {
  connectedCallback() {
    const { person, words, again, task, rows } = this.dataset;
    Object.assign(this, {
      person, words: JSON.parse(words), again: JSON.parse(again), task: task ? JSON.parse(task) : null,
      url: rows, clock: new Clock(), icons: document.querySelector('template[data-icons]'), unkept: [],
    });
    this.setup = new Setup(this);
    this.report = new Report(this.part('report'), this);
    this.open();
    addEventListener('online', () => this.send());
    addEventListener('storage', ({ key, newValue }) => { if (key === this.setup.key && newValue === null) this.leave(); });
    addEventListener('beforeunload', (event) => { if (this.unkept.length || (this.live && !this.live.over)) event.preventDefault(); });
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  icon(name) {
    return this.icons.content.querySelector(`use[href="#i-${name}"]`).closest('svg').cloneNode(true);
  }

  screen(name) {
    SCREENS.forEach((one) => { this.part(one).hidden = one !== name; });
    document.querySelector('[data-more]').hidden = name !== 'setup';
    document.body.classList.toggle('in-room', name === 'live');
    scrollTo(0, 0);
  }

  async open() {
    this.screen('setup');
    await this.setup.open();
    await this.send();
  }

  // Camera and microphone as chosen; with less where the phone refuses, and then it is told.
  async devices(record) {
    const { said } = this.words;
    const media = navigator.mediaDevices;
    if (record === 'taps' || !media || !media.getUserMedia) return { stream: null, note: record === 'taps' ? '' : said.no_microphone };
    if (record === 'video') {
      const stream = await media.getUserMedia({ video: PICTURE, audio: SOUND }).catch(() => null);
      if (stream) return { stream, note: '' };
    }
    const stream = await media.getUserMedia({ audio: SOUND }).catch(() => null);
    return { stream, note: !stream ? said.no_microphone : record === 'video' ? said.no_camera : '' };
  }

  async begin(choices) {
    const button = this.part('begin');
    if (button.getAttribute('aria-busy')) return; // tapped twice
    button.setAttribute('aria-busy', 'true');
    this.setup.say('');
    this.setup.keep();
    const bank = await this.bank(choices.goods);
    if (bank) await this.run(choices, bank);
    else this.setup.say(this.words.said.no_bank);
    button.removeAttribute('aria-busy');
  }

  async bank(goods) {
    const answer = await fetch(`${this.dataset.bank}?goods=${goods}`, { credentials: 'same-origin', headers: { Accept: 'application/json' } }).catch(() => null);
    return answer && answer.ok ? answer.json().catch(() => null) : null;
  }

  async run(choices, bank) {
    const { stream, note } = await this.devices(choices.record);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    const seed = this.again.seed === null ? newSeed() : this.again.seed;
    const session = {
      id: newId(), at: new Date().toISOString(), state: 'running', seed, level: choices.level, goods: choices.goods, name: choices.card.name,
      minutes: choices.minutes, script: choices.script, seconds: 0, parts: [], log: [], ticks: [], windows: [], moves: [], peak: 0,
      bank: { version: bank.version, events: bank.events },
    };
    this.screen('live');
    this.part('live').focus();
    this.clock = new Clock(this.clock.speed);
    this.live = new Live(this, { choices, bank, session, stream, clock: this.clock });
    await this.live.start();
    if (note) this.live.stage.note(note);
  }

  // The room is over: first it is kept, then shown, then sent.
  async ended(session) {
    delete session.bank;
    await keep(this.person, session).catch(() => this.unkept.push(session));
    await this.show(session);
    await this.send();
  }

  async show(session) {
    this.screen('report');
    this.onwards(session);
    await this.report.open(session);
  }

  // The same audience once more, or another one of its kind.
  onwards({ level, goods, seed }) {
    const asked = new URLSearchParams(location.search).get('for');
    const query = (facts) => `?${new URLSearchParams(asked ? { ...facts, for: asked } : facts)}`;
    const home = new URL(this.part('same').href).pathname;
    this.part('same').href = home + query({ level, goods, seed });
    this.part('new').href = home + query({ level, goods });
  }

  async send() {
    const { said } = this.words;
    const waits = () => this.report.session && !this.report.session.number && !this.report.session.refused;
    if (waits()) this.report.stored(said.sending);
    await send(this.person, this.url, (session) => this.arrived(session), this.unkept);
    if (waits()) this.report.stored(this.unkept.includes(this.report.session) ? said.full_going : said.waits);
  }

  arrived(session) {
    this.unkept = this.unkept.filter((one) => one !== session);
    this.report.sent(session);
  }

  async finish(session) {
    const whole = finished(session, session.bank, this.words.parts);
    await this.ended(whole);
  }

  // She signed out in another window, which wiped what was kept for her; nothing more is kept here after it.
  async leave() {
    if (this.live) await this.live.close();
    this.unkept = [];
    await wipe(this.person).catch(() => {});
    location.replace(location.href);
  }

  async forget(id) {
    await drop(this.person, id).catch(() => {});
    await this.setup.open();
  }
}

customElements.define('rehearsal-room', RehearsalRoom);
