// The form before the room: what it costs is told before anything is opened, and the last choices are there again.

import { all } from './keeping.js';
import { canRecord, megabytes, needed, room } from './recorder.js';

const REMEMBERED = ['minutes', 'from', 'record', 'pace', 'speed'];
const space = (megabytes) => (megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`);
const size = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

export class Setup {
  constructor(host) {
    Object.assign(this, { host, form: host.part('setup'), key: `fieldcast:rehearsal:${host.person}`, cards: {} });
    this.remember();
    this.form.addEventListener('change', ({ target }) => this.changed(target));
    this.form.addEventListener('submit', (event) => { event.preventDefault(); host.begin(this.choices()); });
    this.part('finish').addEventListener('click', () => host.finish(this.unfinished));
    this.part('forget').addEventListener('click', () => host.forget(this.unfinished.id));
    this.goodsChanged();
    this.changed();
  }

  part(name) {
    return this.form.querySelector(`[data-${name}]`);
  }

  get fields() {
    return this.form.elements;
  }

  remember() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(this.key)) || {};
    } catch { /* whatever stood there is no use */ }
    this.cards = kept.cards || {};
    REMEMBERED.filter((name) => kept[name] && this.fields[name]).forEach((name) => { this.fields[name].value = kept[name]; });
    if (!this.form.querySelector('[name=from]:checked')) this.fields.from.value = 'none';
    this.fields.own.value = kept.own || '';
  }

  changed(target) {
    if (target && target.name === 'goods') this.goodsChanged();
    const from = this.fields.from.value;
    this.part('from-script').hidden = from !== 'script';
    this.part('from-own').hidden = from !== 'own';
    this.part('speed').hidden = this.fields.bullets.checked;
    this.costs();
  }

  goodsChanged() {
    const option = this.fields.goods.selectedOptions[0];
    const card = this.cards[option.value] || { name: option.textContent, spec: option.dataset.spec, price: option.dataset.price };
    ['name', 'spec', 'price'].forEach((word) => { this.fields[`card-${word}`].value = card[word]; });
  }

  // What the recording takes; without room for it there is no start.
  async costs() {
    const { said } = this.host.words;
    const { record: kind, minutes } = this.choices();
    const free = await room().catch(() => null);
    const line = said[{ video: 'costs_video', audio: 'costs_sound', taps: 'costs_taps' }[kind]];
    const words = line.replace('{size}', size(megabytes(kind, minutes))).replace('{room}', free === null ? '?' : space(free));
    const full = free !== null && free < needed(kind, minutes);
    this.part('costs').textContent = full ? said.too_full : words;
    this.part('begin').disabled = full;
  }

  choices() {
    const { fields } = this;
    const script = fields.from.value === 'script' && fields.script ? fields.script.selectedOptions[0] : null;
    const kind = fields.record.value;
    return {
      level: Number(fields.level.value), minutes: Number(fields.minutes.value), goods: fields.goods.value,
      card: { name: fields['card-name'].value.trim(), spec: fields['card-spec'].value.trim(), price: fields['card-price'].value.trim() },
      record: kind === 'taps' || canRecord(kind) ? kind : 'taps', slow: fields.pace.value === 'slow', speed: Number(fields.speed.value),
      script: script ? Number(script.value) : null, text: script ? script.dataset.text : fields.from.value === 'own' ? fields.own.value : '',
      bullets: !script || fields.bullets.checked,
    };
  }

  keep() {
    const { goods, card } = this.choices();
    const kept = Object.fromEntries(REMEMBERED.map((name) => [name, this.fields[name].value]));
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...kept, own: this.fields.own.value, cards: { ...this.cards, [goods]: card } }));
    } catch { /* a full phone forgets the choices */ }
  }

  say(words) {
    const line = this.part('setup-said');
    line.hidden = !words;
    line.textContent = words;
  }

  // What lies on this phone: one that broke off, recordings, rows that wait.
  async open() {
    const sessions = await all(this.host.person).catch(() => []);
    this.unfinished = sessions.find((one) => one.state === 'running');
    this.part('unfinished').hidden = !this.unfinished;
    if (this.unfinished) this.part('unfinished-which').textContent = this.line(this.unfinished);
    const kept = sessions.filter((one) => one.state === 'done');
    this.part('kept').hidden = !kept.length;
    this.part('kept-list').replaceChildren(...kept.map((one) => this.row(one)));
    const refused = kept.find((one) => one.refused);
    const waits = kept.some((one) => !one.number && !one.refused);
    this.part('kept-said').textContent = refused ? `${this.host.words.said.refused} ${refused.refused}` : waits ? this.host.words.said.waits : '';
  }

  line({ name, seconds, at }) {
    const { said } = this.host.words;
    const day = new Date(at).toLocaleString(document.documentElement.lang, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
    const long = seconds < 60 ? said.secs.replace('{count}', Math.round(seconds)) : said.mins.replace('{count}', Math.round(seconds / 60));
    return [name, long, day].join(' · ');
  }

  row(session) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'kept-one', textContent: this.line(session) });
    button.addEventListener('click', () => this.host.show(session));
    const row = document.createElement('li');
    row.append(button);
    return row;
  }
}
