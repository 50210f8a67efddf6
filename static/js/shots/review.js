// A shot and what the coach saw in it; here it is kept, handed in or deleted.

import { handIn } from '../submissions/outbox.js';
import { weight } from '../submissions/telling.js';
import { keyOf, meter, METERS, verdicts } from './advice.js';
import { drop, keep } from './keeping.js';

const MEGABYTE = 1048576;
const MOST_ADVICE = 3;
const WEIGHT = { red: 0, amber: 1 };
const rounded = (value) => Math.round(value * 100) / 100;

// What is stored beside a shot and goes along when it is handed in: measures with their colours.
export function verdictsOf(signals, thresholds) {
  const list = verdicts(signals, thresholds).filter((one) => one.grade !== 'unknown');
  return {
    by: 'shot coach 1',
    signals: Object.fromEntries(list.map(({ name, value, grade, side }) => [name, { value: rounded(value), grade, side }])),
    meters: Object.fromEntries(Object.keys(METERS).map((group) => [group, meter(list, group).grade])),
  };
}

// A photo has no sound to judge.
export const seen = (signals) => Object.fromEntries(Object.entries(signals).filter(([name]) => !METERS.sound.includes(name)));

const worstOf = (verdicts, group) => METERS[group]
  .filter((name) => verdicts.signals[name] && verdicts.signals[name].grade === verdicts.meters[group])
  .map((name) => ({ name, ...verdicts.signals[name] }))[0];

export class Review {
  constructor(coach) {
    Object.assign(this, { coach, sheet: coach.part('review'), shot: null });
    this.part('delete').addEventListener('click', () => this.remove());
    this.part('more').addEventListener('click', () => coach.live());
    this.part('keep').addEventListener('click', () => this.keep());
    this.form = this.part('hand-in');
    if (!this.form) return;
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.send(); });
    addEventListener('fieldcast-outbox', (event) => this.heard(event));
  }

  part(name) {
    return this.sheet.querySelector(`[data-${name}]`);
  }

  // A new shot is kept at once; one from the album is there already.
  async open(shot, { fresh = true } = {}) {
    this.shot = shot;
    this.coach.show('review');
    this.drawShot(shot);
    this.drawMeters(shot.verdicts);
    this.drawAdvice(shot.verdicts);
    this.part('keep').hidden = true;
    this.part('delete').lastElementChild.textContent = this.coach.words.said.delete;
    this.sure = false;
    this.say('');
    this.offer(shot);
    this.part('review-title').focus();
    if (fresh) await this.keep();
    else if (shot.handedIn) this.say(this.coach.words.said.handed_in);
  }

  drawShot({ kind, blob }) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(blob);
    const shown = document.createElement(kind === 'photo' ? 'img' : 'video');
    if (kind === 'photo') shown.alt = this.coach.words.said.photo;
    else Object.assign(shown, { controls: true, playsInline: true, preload: 'metadata' });
    shown.src = this.address;
    this.part('review-shot').replaceChildren(shown);
  }

  drawMeters(found) {
    const { words, drawing } = this.coach;
    this.part('review-meters').replaceChildren(...Object.keys(METERS).filter((group) => found.meters[group] !== 'unknown').map((group) => {
      const name = this.coach.querySelector(`[data-meter=${group}] dt`).cloneNode(true);
      const row = document.createElement('li');
      row.dataset.grade = found.meters[group];
      row.append(...name.childNodes, Object.assign(document.createElement('b'), {
        textContent: drawing.word(group, found.meters[group], worstOf(found, group) || null) || words.meters[group].green,
      }));
      return row;
    }));
  }

  drawAdvice(found) {
    const { words } = this.coach;
    const bad = Object.entries(found.signals).map(([name, one]) => ({ name, ...one }))
      .filter((one) => one.grade in WEIGHT && words.advice[keyOf(one)])
      .sort((a, b) => WEIGHT[a.grade] - WEIGHT[b.grade])
      .map((one) => words.advice[keyOf(one)]);
    const told = [...new Map(bad.map((one) => [one.say, one])).values()].slice(0, MOST_ADVICE);
    if (!told.length) told.push({ say: words.said.all_good, why: '' });
    this.part('review-advice').replaceChildren(...told.map(({ say, why }) => {
      const row = document.createElement('li');
      row.append(Object.assign(document.createElement('strong'), { textContent: say }), ' ', why);
      return row;
    }));
  }

  // Handing in, where the coach was opened for a task that takes this kind.
  offer({ kind, blob, handedIn }) {
    if (!this.form) return;
    const taken = this.coach.task.kinds.includes(kind) && blob.size <= this.coach.task.most * MEGABYTE;
    this.form.hidden = !taken || Boolean(handedIn);
    this.part('wrong-kind').hidden = taken;
    this.part('size').textContent = weight(blob.size);
  }

  say(words) {
    this.part('review-said').textContent = words;
  }

  async keep() {
    const { words, person } = this.coach;
    try {
      await keep(person, this.shot);
      this.part('keep').hidden = true;
      this.say(words.said.kept);
    } catch {
      this.part('keep').hidden = false;
      this.say(words.said.full);
    }
  }

  // There is no way back, so that it takes two taps.
  async remove() {
    if (!this.sure) {
      this.sure = true;
      this.part('delete').lastElementChild.textContent = this.coach.words.said.delete_surely;
      return;
    }
    await drop(this.coach.person, this.shot.id).catch(() => {});
    this.coach.live();
  }

  // Into the outbox, which sends it from whichever of our pages is open, over a link that breaks.
  async send() {
    const { words, task, person } = this.coach;
    const { blob, kind, verdicts: told, takenAt, id } = this.shot;
    const { elements } = this.form;
    const name = `${kind}-${takenAt.slice(0, 10)}.${blob.type.split('/')[1].split(';')[0]}`;
    const handed = await handIn({
      person, action: task.target, page: task.page, title: task.title, task: task.for,
      fields: { words: elements.words.value, others: elements.others.value },
      pieces: [{ kind, blob, name, verdicts: told }],
    });
    this.form.hidden = true;
    this.handed = { shot: id, item: handed.id };
    this.say(handed.kept ? words.said.on_its_way : words.said.full_going);
  }

  async heard({ detail: { id, state, sent, size, page, why } }) {
    if (!this.handed || id !== this.handed.item) return;
    const { said } = this.coach.words;
    if (state === 'sending') this.say(said.sending.replace('{percent}', Math.round((100 * sent) / size)));
    else if (state === 'sent') await this.arrived(page);
    else if (state === 'refused') { this.say(why || said.broken); this.form.hidden = false; } else this.say(said.waits);
  }

  async arrived(page) {
    this.say(this.coach.words.said.sent);
    this.shot = { ...this.shot, handedIn: new Date().toISOString() };
    await keep(this.coach.person, this.shot).catch(() => {});
    location.assign(page);
  }
}
