// The report: figures, the one advice, the timeline that one can tap to hear that moment, and handing in what was recorded.

import { told } from './clock.js';
import { advice, inWords, isGreen } from './grading.js';
import { Playing } from './playing.js';
import { draw } from './timeline.js';

const made = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

export class Report {
  // `host`: {person, words, task, icon(name)}.
  constructor(box, host) {
    Object.assign(this, { box, host, session: null });
    this.playing = new Playing(box, host);
  }

  part(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  // A session of this phone, all drawn here.
  async open(session) {
    this.session = session;
    const { measures, timeline, seconds } = session.row;
    this.figures(measures, seconds);
    this.part('moments').replaceChildren(...timeline.moments.map((one) => this.moment(one)));
    this.stored(session.number ? this.host.words.said.stored : session.refused || '');
    await this.playing.open(session);
    this.wire(timeline, seconds);
    this.part('advice').setAttribute('tabindex', '-1');
    this.part('advice').focus();
  }

  figures(measures, seconds) {
    const { words } = this.host;
    this.part('advice').textContent = advice(words.measures, measures, seconds, words.said);
    words.measures.forEach((one) => {
      const row = this.box.querySelector(`[data-measure=${one.name}]`);
      const green = isGreen(one, measures, seconds);
      row.querySelector('[data-value]').textContent = inWords(one, measures, words.said);
      if (green === null) delete row.dataset.green;
      else row.dataset.green = green ? 'yes' : 'no';
      row.querySelector('[data-grade]').textContent = green === null ? '' : words.said[green ? 'green' : 'off'];
    });
    Object.keys(words.counted).forEach((name) => { this.box.querySelector(`[data-count=${name}]`).textContent = Math.round(measures[name]); });
  }

  moment({ at, kind, state, text, who, note, after }) {
    const { said, moments, states } = this.host.words;
    const row = document.createElement('li');
    Object.assign(row.dataset, { second: at, kind, state });
    const words = made('span', 'grow', '');
    const long = after === null ? '' : said.secs.replace('{count}', Math.round(after));
    words.append(made('b', '', moments[kind]), ' ', made('small', '', [states[state], long].filter(Boolean).join(', ')));
    if (text) words.append(made('span', 'quote', who ? `${who}${said.colon}${text}` : text));
    if (note) words.append(made('span', 'note', note));
    row.append(made('time', '', told(at)), words);
    return row;
  }

  // The line; and, where there is a recording, every moment as a way to hear it.
  wire(timeline, seconds) {
    draw(this.part('timeline'), { voice: timeline.voice, moments: timeline.moments, seconds }, (second) => this.playing.go(second));
    if (!this.playing.whole) return;
    this.part('moments').querySelectorAll('li').forEach((row) => {
      const time = row.querySelector('time');
      const button = made('button', 'moment-go', time.textContent);
      button.type = 'button';
      button.addEventListener('click', () => this.playing.go(Number(row.dataset.second)));
      time.replaceWith(button);
    });
  }

  stored(words) {
    this.part('stored').textContent = words;
  }

  // The server has it, or will not take it. The same page lies there, with last time's figures beside.
  sent(session) {
    if (!this.session || session.id !== this.session.id) return;
    Object.assign(this.session, session);
    const { said } = this.host.words;
    this.stored(session.number ? said.stored : `${said.refused} ${session.refused}`);
    if (session.number) history.replaceState(null, '', `${session.page}${location.search.includes('for=') ? `?for=${new URLSearchParams(location.search).get('for')}` : ''}`);
  }
}
