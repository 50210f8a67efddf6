// The pretended audience. It knows neither page nor clock: each tick moves it on by a quarter of a second, and what the
// host did since is handed in before. The same seed, level, bank and inputs give the same room again.
//
// Model: comments a minute 0.45 N^0.72; joins a minute N / dwell, dwell 0.7 to 2 minutes by how the host does; orders
// joins × 1.5 %, ×3 for a minute after a call, ×0.3 while a question about price or shipping waits; silence over 8 s costs
// 5 % every 5 s; a question of the host's and three seconds of waiting double the comments for 30 s; a question is asked
// again after 40 s, and its asker goes 20 s later; shouting at a troll costs a fifth of the room.

import { Bag, Chance } from './chance.js';
import { schedule } from './events.js';
import { LEVELS } from './levels.js';

export const TICK = 0.25;
const ASKS = new Set(['price', 'ship', 'quality', 'use', 'buy', 'objection', 'trap']);
const SLOW = 0.5; // comments: slow
const DWELL = { worst: 0.7, best: 2 }; // minutes
const SILENCE = { after: 8, every: 5, part: 0.05 };
const HOST_ASKS = { within: 10, wait: 3, lasts: 30, factor: 2 };
const AGAIN = { after: 40, gone: 60, gap: 8 };
const BUYS = 0.015;
const CALL = { lasts: 60, factor: 3 };
const CARD = { lasts: 120, without: 0.6 }; // not everybody taps a card that nobody shows them
const UNANSWERED = { after: 10, factor: 0.3 };
const SHOUT = { within: 10, part: 0.2 };
const EVENT_LINES = [3, 10, 17]; // seconds into an event
const ECHOED = new Set(['ask', 'call', 'card', 'correct']);
const SAID_AS = { complaint: 'objection', minor: 'trap' };
const WAVE = 6; // trolls
const TOLD_JOINS = 8; // seconds between two joins that are told
const ONCE = 1.5; // seconds in which a second tap is the first one's echo: of a deed there are fewer than one a second
const MEMORY = 30; // seconds that count for how the host does

export const commentsAMinute = (viewers) => (viewers > 0 ? 0.45 * viewers ** 0.72 : 0);

export class Audience {
  constructor({ seed, level, bank, seconds, slow = false }) {
    const plan = LEVELS[level];
    Object.assign(this, { plan, bank, seconds, slow, now: 0, ids: 0, waiting: [], log: [], open: [], events: [], told: [] });
    const draw = (purpose) => new Chance(seed, purpose);
    Object.assign(this, { talk: draw('talk'), crowd: draw('crowd'), buyers: draw('buyers'), moods: draw('moods') });
    this.names = new Bag(draw('names'), bank.names);
    this.shares = { ...bank.shares, ...plan.shares };
    this.bags = Object.fromEntries(Object.keys(this.shares).map((kind) => [
      kind, new Bag(draw(`lines of ${kind}`), bank.lines.filter((line) => line.kind === kind)),
    ]));
    this.schedule = schedule(draw('events'), plan.events, seconds, bank.events);
    this.viewers = plan.begin;
    this.peak = plan.begin;
    Object.assign(this, { silent: 0, lost: 0, boostUntil: 0, asked: null, calledAt: -999, cardAt: -999, trollAt: -999, namedAt: -999, askedAgainAt: -999, joinToldAt: -999, talked: [], didAt: {} });
  }

  // What the host did: {kind: voice, speaking, loud} | answered, named (id) | ask | call | card | correct | handled (id)
  // | pace (slow).
  input(kind, detail = {}) {
    this.waiting.push({ kind, ...detail });
  }

  // Moves on and gives what happened, in order.
  tick() {
    this.now = Math.round((this.now + TICK) * 4) / 4;
    this.told = [];
    this.waiting.splice(0).forEach((one) => this.take(one));
    this.quiet();
    this.mishaps();
    if (!this.frozen) {
      this.move();
      this.comment();
      this.askAgain();
      this.buy();
    }
    return this.told;
  }

  tell(type, facts) {
    const one = { at: this.now, type, ...facts };
    this.told.push(one);
    this.log.push(one);
    return one;
  }

  take({ kind, ...detail }) {
    if (kind === 'voice') this.hear(detail);
    else if (kind === 'pace') this.slow = detail.slow;
    else if (kind === 'answered') this.answered(detail.id);
    else if (kind === 'handled') this.handled(detail.id);
    else if (!ECHOED.has(kind) || this.now - (this.didAt[kind] || -ONCE) >= ONCE) {
      this.didAt[kind] = this.now;
      this.tell('did', { kind });
      if (kind === 'call') this.calledAt = this.now;
      if (kind === 'card') this.cardAt = this.now;
      if (kind === 'ask') this.asked = { at: this.now, quiet: 0 };
      if (kind === 'named') this.namedAt = this.now;
      if (kind === 'correct') this.handled(null, 'price');
    }
  }

  // `speaking` is null without a microphone.
  hear({ speaking, loud }) {
    this.silent = speaking ? 0 : this.silent + (speaking === null ? 0 : TICK);
    this.talked.push(speaking === null ? 0.7 : Number(speaking));
    if (this.talked.length > MEMORY / TICK) this.talked.shift();
    if (this.asked) {
      this.asked.quiet = speaking ? 0 : this.asked.quiet + TICK;
      if (this.asked.quiet >= HOST_ASKS.wait) {
        this.boostUntil = this.now + HOST_ASKS.lasts;
        this.asked = null;
      } else if (this.now - this.asked.at > HOST_ASKS.within) this.asked = null;
    }
    if (loud && this.now - this.trollAt < SHOUT.within) {
      this.trollAt = -999;
      this.leave(this.moods.share(this.viewers, SHOUT.part));
      this.tell('shouted', {});
    }
  }

  quiet() {
    const due = Math.max(0, Math.floor((this.silent - SILENCE.after) / SILENCE.every) + (this.silent > SILENCE.after ? 1 : 0));
    if (!this.silent) this.lost = 0;
    for (; this.lost < due; this.lost += 1) this.leave(this.crowd.share(this.viewers, SILENCE.part));
  }

  // From 0 to 1: talks with gaps, answers, calls people by name.
  get quality() {
    const talk = this.talked.length ? this.talked.reduce((sum, one) => sum + one, 0) / this.talked.length : 0.5;
    const recent = this.log.filter((one) => (one.type === 'settled' || one.type === 'gone') && this.now - one.at < 2 * MEMORY);
    const answered = recent.length ? recent.filter((one) => one.type === 'settled').length / recent.length : 0.5;
    return 0.5 * Math.min(1, talk / 0.6) + 0.3 * answered + (this.now - this.namedAt < MEMORY ? 0.2 : 0);
  }

  get dwell() {
    return DWELL.worst + (DWELL.best - DWELL.worst) * this.quality;
  }

  leave(count) {
    this.viewers = Math.max(0, this.viewers - count);
  }

  move() {
    if (this.now % 1 === 0) this.stay = this.dwell;
    const dwell = this.stay || DWELL.worst;
    const joins = this.crowd.poisson((this.plan.base / DWELL.worst / 60) * TICK);
    const leaves = this.crowd.poisson((this.viewers / dwell / 60) * TICK);
    const before = this.viewers;
    this.viewers = Math.min(this.plan.most, Math.max(0, this.viewers + joins - leaves));
    if (joins && this.viewers && this.now - this.joinToldAt >= TOLD_JOINS) {
      this.joinToldAt = this.now;
      this.tell('join', { id: this.newId(), who: this.names.draw() });
    }
    this.peak = Math.max(this.peak, this.viewers);
    if (this.viewers !== before) this.told.push({ at: this.now, type: 'viewers', count: this.viewers }); // too many to keep
  }

  newId() {
    this.ids += 1;
    return this.ids;
  }

  comment() {
    const rate = commentsAMinute(this.viewers) * (this.slow ? SLOW : 1) * (this.now < this.boostUntil ? HOST_ASKS.factor : 1);
    for (let left = this.talk.poisson((rate / 60) * TICK); left > 0; left -= 1) {
      const kind = this.talk.weighted(this.shares);
      const line = this.bags[kind].draw();
      if (line) this.say(kind, line.text, line.answer);
    }
  }

  say(kind, text, answer = '', event = null) {
    const one = this.tell('comment', { id: this.newId(), kind, who: this.names.draw(), text, answer, asks: ASKS.has(kind), event });
    if (one.asks) this.open.push({ ...one, again: null });
    if (kind === 'troll') this.trollAt = this.now;
  }

  // One answer serves everybody who asked the same; a tap on a troll mutes, on a greeting returns it.
  answered(id) {
    const one = this.log.find((told) => told.type === 'comment' && told.id === id);
    if (!one) return;
    if (!one.asks) {
      this.namedAt = this.now;
      this.tell('settled', { id, kind: one.kind, after: this.now - one.at });
      return;
    }
    const served = this.open.filter((other) => other.id === id || (other.answer && other.answer === one.answer));
    this.open = this.open.filter((other) => !served.includes(other));
    served.forEach((other) => this.tell('settled', { id: other.id, kind: other.kind, after: this.now - other.at }));
    if (one.event && one.event !== 'price') this.handled(null, one.event);
  }

  askAgain() {
    for (const one of [...this.open]) {
      const age = this.now - one.at;
      if (one.again === null && age >= AGAIN.after && this.now - this.askedAgainAt >= AGAIN.gap) {
        one.again = this.now;
        this.askedAgainAt = this.now;
        this.tell('again', { id: one.id, kind: one.kind, who: one.who, text: one.text });
      } else if (age >= AGAIN.gone) {
        this.open = this.open.filter((other) => other !== one);
        this.leave(1);
        this.tell('gone', { id: one.id, kind: one.kind, who: one.who, aloud: one.again !== null });
      }
    }
  }

  buy() {
    const called = this.now - this.calledAt < CALL.lasts ? CALL.factor : 1;
    const shown = this.now - this.cardAt < CARD.lasts ? 1 : CARD.without;
    const waits = this.open.some((one) => (one.kind === 'price' || one.kind === 'ship') && this.now - one.at > UNANSWERED.after);
    const rate = (this.viewers / (this.stay || DWELL.worst)) * BUYS * called * shown * (waits ? UNANSWERED.factor : 1);
    for (let left = this.buyers.poisson((rate / 60) * TICK); left > 0; left -= 1) {
      this.tell('order', { id: this.newId(), who: this.names.draw(), count: this.buyers.weighted({ 1: 6, 2: 3, 3: 1 }) });
    }
  }

  mishaps() {
    while (this.schedule.length && this.schedule[0].at <= this.now) this.begin(this.schedule.shift().name);
    for (const one of this.events) this.go(one);
    this.events = this.events.filter((one) => this.now < one.until);
  }

  get frozen() {
    return this.events.some((one) => one.name === 'network' && this.now < one.until);
  }

  begin(name) {
    const { seconds, due } = this.bank.events[name];
    const told = this.tell('event', { id: this.newId(), name });
    this.events.push({ ...told, until: Math.min(this.now + Math.max(seconds, due), this.seconds), due: this.now + due, settled: false, said: 0 });
  }

  // What viewers say of it, and its end.
  go(one) {
    const said = this.bank.events[one.name].said;
    if (one.said < said.length && this.now - one.at >= EVENT_LINES[one.said] && !this.frozen) {
      this.say(SAID_AS[one.name] || 'greeting', said[one.said], this.bank.events[one.name].todo, one.name);
      one.said += 1;
    }
    if (one.name === 'trolls' && one.said < WAVE && this.now - one.at >= 2 * one.said) {
      this.say('troll', this.bags.troll.draw().text);
      one.said += 1;
    }
    if (this.now < one.until) return;
    if (one.name === 'network') this.leave(this.crowd.share(this.viewers, 0.3));
    if (!one.settled) this.tell('event-over', { id: one.id, name: one.name, met: false, after: null });
  }

  // The host has dealt with a mishap, by its button or, with a wrong price, by correcting aloud.
  handled(id, name = null) {
    const one = this.events.find((event) => !event.settled && (id === null ? event.name === name : event.id === id));
    if (!one || (one.name === 'price' && name !== 'price')) return;
    one.settled = true;
    if (one.name !== 'network') one.until = this.now;
    this.tell('event-over', { id: one.id, name: one.name, met: this.now <= one.due, after: this.now - one.at });
  }
}
