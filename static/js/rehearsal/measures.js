// What a rehearsal comes to, from the audience's log, the voice and the parts.

import { overrun } from './segments.js';

const BRIDGE = 0.5; // seconds: a breath within speech is speech
const SILENCE = 8; // seconds that are told on the timeline
const VOICE_STEP = 5; // seconds
const PATIENCE = 15; // a question that came this close to the end need not be answered
const MOST_MOMENTS = 900;
const LONGEST_TEXT = 160;
const DID = { ask: 'ask', call: 'call', card: 'said-price', named: 'name', correct: 'correct', part: 'part', pause: 'pause', away: 'away' };

const of = (log, type) => log.filter((one) => one.type === type);
const cut = (text, most) => [...text].slice(0, most).join(''); // characters, not halves of rare ones
const rounded = (value) => Math.round(value * 100) / 100;

export function median(values) {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// `ticks`: 1 spoken, 0 silent, null not measured, each so many seconds long. Short gaps are bridged. Gives the share of
// talking, the longest silence, and the silences [from, to] that are worth telling.
export function voice(ticks, step) {
  const measured = ticks.filter((one) => one !== null).length;
  if (!measured || measured < ticks.length / 2) return { share: null, longest: null, silences: [] };
  let talking = 0;
  let longest = 0;
  let gap = 0;
  const silences = [];
  const close = (at) => {
    if (gap * step <= BRIDGE) talking += gap;
    if (gap * step > SILENCE) silences.push([(at - gap) * step, at * step]);
    longest = Math.max(longest, gap * step);
    gap = 0;
  };
  ticks.forEach((one, at) => {
    if (one === 0) { gap += 1; return; }
    close(at);
    talking += one === null ? 0 : 1;
  });
  close(ticks.length);
  return { share: Math.min(1, talking / measured), longest: longest <= BRIDGE ? 0 : longest, silences };
}

// Digits, one for each five seconds: tenths of talking, - where nothing was measured.
export function voiceDigits(ticks, step) {
  const size = Math.round(VOICE_STEP / step);
  let digits = '';
  for (let at = 0; at < ticks.length; at += size) {
    const part = ticks.slice(at, at + size).filter((one) => one !== null);
    digits += part.length ? Math.min(9, Math.round((10 * part.reduce((sum, one) => sum + one, 0)) / part.length)) : '-';
  }
  return digits;
}

// Loudness at the end against the beginning, in dB: medians of the first and the last third of what was spoken.
export function drift(windows) {
  const loud = windows.filter((one) => one.loudness !== null).map((one) => one.loudness);
  const third = Math.floor(loud.length / 3);
  return third >= 2 ? median(loud.slice(-third)) - median(loud.slice(0, third)) : null;
}

// Characters a minute while speaking, from syllables.
export function speed(windows) {
  const rates = windows.filter((one) => one.rate !== null).map((one) => one.rate);
  return rates.length ? 60 * median(rates) : null;
}

// Everything that is sent. `ticks`: see voice(); `windows`: [{at, rate, loudness}] of five seconds each; `moves`: when the
// host went on to the next part.
export function measured({ log, ticks, step, windows, plan, moves, seconds, peak }) {
  const spoken = voice(ticks, step);
  const comments = of(log, 'comment');
  const questions = comments.filter((one) => one.asks);
  const settled = new Map(of(log, 'settled').map((one) => [one.id, one]));
  const due = questions.filter((one) => settled.has(one.id) || seconds - one.at > PATIENCE);
  const served = due.filter((one) => settled.has(one.id));
  const traps = due.filter((one) => one.kind === 'trap');
  const over = of(log, 'event-over');
  const events = over.filter((one) => one.name !== 'price');
  const prices = over.filter((one) => one.name === 'price');
  const did = (kind) => log.filter((one) => one.type === 'did' && one.kind === kind).length;
  const found = {
    talk: spoken.share,
    silence: spoken.longest,
    answered: due.length ? served.length / due.length : null,
    response: median(served.map((one) => settled.get(one.id).after)),
    calls: did('call'),
    prices: did('card'),
    speed: speed(windows),
    drift: drift(windows),
    overrun: overrun(plan, moves, seconds),
    viewers: peak,
    orders: of(log, 'order').length,
    comments: comments.length,
    traps_met: traps.length,
    traps_handled: traps.filter((one) => settled.has(one.id)).length,
    events_met: events.length,
    events_handled: events.filter((one) => one.met).length,
    corrections_met: prices.length,
    corrections_handled: prices.filter((one) => one.met).length,
  };
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value === null ? null : rounded(value)]));
}

// A list of at most so many, thinned evenly.
const thinned = (all, most) => (all.length <= most ? all : Array.from({ length: most }, (_, place) => all[Math.floor((place * all.length) / most)]));

// The moments of the report, in order: {at, kind, state, text, who, note, after}.
export function moments({ log, ticks, step, bank, seconds }) {
  const settled = new Map(of(log, 'settled').map((one) => [one.id, one]));
  const again = new Set(of(log, 'again').map((one) => one.id));
  const gone = new Set(of(log, 'gone').map((one) => one.id));
  const over = new Map(of(log, 'event-over').map((one) => [one.id, one]));
  const late = ({ asks, at }) => asks && seconds - at <= PATIENCE;
  const stateOf = (one) => (settled.has(one.id) ? 'answered' : gone.has(one.id) ? 'left' : again.has(one.id) ? 'again' : late(one) ? 'late' : '');
  const asked = of(log, 'comment').filter((one) => one.asks || one.kind === 'troll').map((one) => ({
    at: one.at, kind: one.kind, state: stateOf(one), text: one.text, who: one.who, note: one.answer, after: settled.has(one.id) ? settled.get(one.id).after : null,
  }));
  const mishaps = of(log, 'event').map((one) => {
    const { title, later } = bank.events[one.name];
    const end = over.get(one.id);
    return { at: one.at, kind: 'event', state: !end ? '' : end.met ? 'met' : 'missed', text: title, who: '', note: later, after: end ? end.after : null };
  });
  const orders = of(log, 'order').map((one) => ({ at: one.at, kind: 'order', state: '', text: '', who: one.who, note: '', after: null }));
  const deeds = of(log, 'did').filter((one) => DID[one.kind]).map((one) => ({ at: one.at, kind: DID[one.kind], state: '', text: '', who: '', note: '', after: null }));
  const silences = voice(ticks, step).silences.map(([from, to]) => ({ at: from, kind: 'silence', state: '', text: '', who: '', note: '', after: rounded(to - from) }));
  const all = [...asked, ...mishaps, ...orders, ...deeds, ...silences].sort((a, b) => a.at - b.at);
  return thinned(all, MOST_MOMENTS).map((one) => ({ ...one, at: rounded(one.at), text: cut(one.text, LONGEST_TEXT), note: cut(one.note || '', 240) }));
}
