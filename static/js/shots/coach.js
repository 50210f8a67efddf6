// The shot coach's page: camera, sensors and microphone in, one advice out; photos and clips stay on this phone.

import { Pace, verdicts } from './advice.js';
import { Album } from './album.js';
import * as camera from './camera.js';
import { Drawing } from './drawing.js';
import { analysed } from './file.js';
import { CENTRE } from './light.js';
import { Listening } from './listening.js';
import { Motion } from './motion.js';
import { phoneSignals, uploadSpeed } from './phone.js';
import { Review, seen, verdictsOf } from './review.js';
import { canFilm, Film, photo } from './shutter.js';
import { noTrouble, trouble } from './troubles.js';
import { ring, Voice } from './voice.js';
import { upright, Watching } from './watching.js';

const TELL = 500; // ms: meters change at most twice a second
const FRESH = 3; // seconds after which a measure is no longer believed

const newId = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replace(/\+/g, '-').replace(/\//g, '_');
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const SHEETS = ['live', 'review', 'album-sheet'];

class ShotCoach extends HTMLElement {
  connectedCallback() {
    const { person, token, thresholds, words, task } = this.dataset;
    Object.assign(this, {
      person, token, thresholds: JSON.parse(thresholds), words: JSON.parse(words), task: task ? JSON.parse(task) : null,
      facing: 'environment', what: 'goods', box: CENTRE, doubted: false, seen: {}, told: {}, phone: {}, film: null,
    });
    this.drawing = new Drawing(this, this.words);
    this.review = new Review(this);
    this.album = new Album(this);
    this.voice = new Voice(this.part('voice'), person);
    this.video = this.part('video');
    this.pace = new Pace(this.thresholds);
    this.motion = new Motion(this.facing);
    this.listen();
    this.hidden = false;
    this.drawing.stage(false);
    this.drawing.marks(this.box);
    this.drawing.level(null);
    this.openIfAllowed();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  on(name, kind, deed) {
    this.querySelectorAll(`[data-${name}]`).forEach((one) => one.addEventListener(kind, deed));
  }

  listen() {
    this.on('open', 'click', () => this.open());
    this.on('again', 'click', () => this.open());
    this.on('file', 'change', ({ target }) => this.choose(target));
    this.on('shoot', 'click', () => this.shoot());
    this.on('film', 'click', () => this.startFilm());
    this.on('album', 'click', () => this.album.open());
    this.on('doubt', 'click', () => { this.doubted = true; });
    this.on('flip', 'click', () => this.flip());
    this.on('sensors', 'click', () => this.startMotion());
    this.on('speed-test', 'click', () => this.testSpeed());
    this.on('what', 'change', ({ target }) => { this.what = target.value; });
    this.on('zones', 'change', () => this.redraw());
    this.on('lines', 'change', ({ target }) => this.part('view').classList.toggle('bare', !target.checked));
    this.on('stage', 'click', (event) => this.pointAt(event));
    addEventListener('resize', () => this.redraw());
    addEventListener('pagehide', () => this.close());
    document.addEventListener('visibilitychange', () => { if (document.hidden && this.film) this.film.stop(); });
  }

  // Who allowed it before meets no question and needs no second tap.
  async openIfAllowed() {
    if (!navigator.permissions || !navigator.permissions.query) return;
    const allowed = await navigator.permissions.query({ name: 'camera' }).catch(() => null);
    if (allowed && allowed.state === 'granted') this.open();
  }

  // The sensors are asked for first: iPhones allow that only while the tap is fresh.
  async open() {
    this.startMotion();
    try {
      this.stream = await camera.open(this.facing);
    } catch (error) {
      this.stuck(error.why || 'absent');
      return;
    }
    noTrouble(this);
    this.classList.remove('stuck');
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => {});
    this.part('settings').hidden = false;
    this.part('shoot').disabled = false;
    this.part('film').disabled = !canFilm();
    await this.begin();
  }

  // Without a camera there is nothing to look at and nothing to press.
  stuck(why) {
    this.classList.add('stuck');
    this.part('settings').hidden = true;
    this.part('shoot').disabled = true;
    this.part('film').disabled = true;
    trouble(this, why);
  }

  async begin() {
    this.watching = this.watching || new Watching(
      this.video, () => ({ box: this.box, card: this.part('card').checked }), (found) => this.saw(found),
    );
    this.watching.start();
    this.listening = new Listening();
    this.timer = setInterval(() => this.tell(), TELL);
    phoneSignals().then((found) => Object.assign(this.phone, found));
    await this.listening.start(this.stream).catch(() => {});
    this.addEventListener('click', () => this.listening && this.listening.wake());
  }

  async startMotion() {
    this.motion.facing = this.facing;
    const allowed = await this.motion.start();
    this.part('sensors').hidden = allowed;
    if (!allowed) this.part('told').textContent = this.words.said.no_sensors;
  }

  close() {
    clearInterval(this.timer);
    if (this.watching) this.watching.stop();
    if (this.listening) this.listening.stop();
    this.motion.stop();
    camera.close(this.stream);
    Object.assign(this, { stream: null, seen: {} });
  }

  async flip() {
    this.facing = this.facing === 'user' ? 'environment' : 'user';
    this.close();
    await this.open();
  }

  saw(found) {
    const now = performance.now() / 1000;
    for (const [name, value] of Object.entries(found)) this.seen[name] = { value, now };
  }

  // Everything measured that is still fresh and matters for what is being filmed.
  signals() {
    const now = performance.now() / 1000;
    const fresh = Object.fromEntries(Object.entries(this.seen).filter(([, one]) => now - one.now < FRESH).map(([name, one]) => [name, one.value]));
    const measured = { ...fresh, ...this.motion.signals(this.what), ...this.listening.signals(Boolean(this.film)), ...this.phone };
    if ('shake' in measured) delete measured.unrest;
    return this.relevant(measured);
  }

  // Without what says nothing of goods, or of a person, or while nobody asked for it.
  relevant(signals) {
    const found = { ...signals };
    if (this.what !== 'goods') delete found.width;
    if (this.what !== 'person') delete found.headroom;
    if (!this.part('zones').checked) delete found.covered;
    if (!this.part('card').checked) { delete found.warmth; delete found.blueness; }
    return found;
  }

  tell() {
    const signals = this.signals();
    this.told = signals;
    const update = this.pace.update(verdicts(signals, this.thresholds, { doubted: this.doubted }), performance.now() / 1000);
    this.drawing.meters(update.meters, Boolean(this.motion.angles));
    this.drawing.level(signals.roll);
    const words = this.drawing.advice(update);
    if (words) this.voice.say(words);
    if (update.began) ring(this.listening.context);
    this.dispatchEvent(new CustomEvent('told', { detail: update }));
  }

  redraw() {
    const whole = this.part('zones').checked;
    this.part('view').classList.toggle('whole', whole);
    this.drawing.stage(whole);
  }

  // A tap says where the goods are.
  pointAt(event) {
    this.part('settings').open = false;
    const stage = this.part('stage').getBoundingClientRect();
    const [wide, tall] = [(CENTRE.right - CENTRE.left) / 2, (CENTRE.bottom - CENTRE.top) / 2];
    const x = Math.min(1 - wide, Math.max(wide, (event.clientX - stage.left) / stage.width));
    const y = Math.min(1 - tall, Math.max(tall, (event.clientY - stage.top) / stage.height));
    this.box = { left: x - wide, right: x + wide, top: y - tall, bottom: y + tall };
    this.drawing.marks(this.box);
  }

  shot(kind, blob, seconds, verdicts) {
    return { id: newId(), kind, blob, seconds, verdicts, takenAt: new Date().toISOString(), handedIn: null };
  }

  // A photo; while a clip is filmed, the same button ends it.
  async shoot() {
    if (this.film) { this.film.stop(); return; }
    const part = upright(this.video.videoWidth, this.video.videoHeight);
    const blob = await photo(this.video, part);
    await this.review.open(this.shot('photo', blob, 0, verdictsOf(seen(this.told), this.thresholds)));
  }

  startFilm() {
    const box = this.part('clock');
    const word = this.part('shoot-word');
    this.film = new Film(this.stream, (seconds) => { box.textContent = this.words.said.of_a_minute.replace('{time}', clock(seconds)); }, (blob, seconds) => {
      this.film = null;
      this.classList.remove('filming');
      box.hidden = true;
      word.textContent = this.words.said.shoot;
      this.review.open(this.shot('video', blob, seconds, verdictsOf(this.told, this.thresholds)));
    });
    this.classList.add('filming');
    box.hidden = false;
    word.textContent = this.words.said.stop;
  }

  // A file that is there already.
  async choose(field) {
    const [file] = field.files;
    if (!file) return;
    this.part('told').textContent = this.words.said.looking;
    try {
      const { kind, seconds, signals } = await analysed(file);
      await this.review.open(this.shot(kind, file, seconds, verdictsOf(this.relevant(signals), this.thresholds)));
      this.part('told').textContent = '';
    } catch {
      this.drawing.part('say-what').textContent = this.words.said.no_file;
      this.drawing.part('say-why').textContent = '';
      this.part('told').textContent = this.words.said.no_file;
    }
    field.value = '';
  }

  async testSpeed() {
    const said = this.part('speed-said');
    said.textContent = this.words.said.measuring;
    const speed = await uploadSpeed(this.dataset.speed, this.token, Number(this.dataset.speedBytes));
    said.textContent = speed === null ? this.words.said.no_network : this.words.said.measured.replace('{speed}', speed.toFixed(1));
    if (speed !== null) this.phone.upload = speed;
  }

  // One of: live, review, album-sheet. Looking stops while nobody sees the view.
  show(name) {
    SHEETS.forEach((one) => { this.part(one).hidden = one !== name; });
    if (this.watching) this.watching[name === 'live' && this.stream ? 'start' : 'stop']();
  }

  live() {
    this.show('live');
    this.redraw();
    this.pace = new Pace(this.thresholds);
  }
}

customElements.define('shot-coach', ShotCoach);
