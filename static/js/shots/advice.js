// From measures to one advice: which colour each signal has, which is the worst, and when it may be said.

// At equal colour the first of these comes first: sound of wind, light, level, distance, background.
export const RANK = [
  'wind', 'overload', 'peak', 'noise', 'loudness', 'clearness', 'silence', 'rate',
  'backlight', 'subject_luma', 'clipped', 'flicker', 'contrast', 'warmth', 'blueness',
  'roll', 'flat', 'shake', 'unrest', 'pan', 'pitch',
  'blur', 'smear', 'width', 'headroom', 'covered',
  'crushed',
  'storage', 'battery', 'upload',
];
export const METERS = {
  light: ['backlight', 'subject_luma', 'clipped', 'flicker', 'contrast', 'warmth', 'blueness', 'crushed'],
  level: ['roll', 'flat', 'shake', 'unrest', 'pan', 'pitch'],
  sound: ['wind', 'overload', 'peak', 'noise', 'loudness', 'clearness', 'silence', 'rate'],
};
const WEIGHT = { unknown: -1, green: 0, amber: 1, red: 2 };
// Light that clearly comes from one side: so much brighter it is there, as a share of the subject's brightness, and at
// least so much of 255.
const SIDEWAYS = { share: 0.3, least: 12 };
const PATIENCE = 4; // seconds from one advice to the next
const STEADY = 5; // seconds of green before one may film
const SETTLE = 0.6; // seconds that a fault must last to be told

// Green, amber or red, on which side it is off, and how deep in that colour it lies, from 0 to 1.
export function grade(value, bounds) {
  const { amber_low: amberLow, green_low: greenLow, green_high: greenHigh, amber_high: amberHigh } = bounds;
  if (value === null || value === undefined || Number.isNaN(value)) return { grade: 'unknown', side: '', depth: 0 };
  if (greenLow !== undefined && value < greenLow) return off(value, greenLow, amberLow, 'low');
  if (greenHigh !== undefined && value > greenHigh) return off(value, greenHigh, amberHigh, 'high');
  return { grade: 'green', side: '', depth: inGreen(value, greenLow, greenHigh) };
}

function off(value, green, amber, side) {
  const depth = Math.abs(value - green) / (Math.abs(amber - green) || 1);
  return depth > 1 ? { grade: 'red', side, depth: 1 } : { grade: 'amber', side, depth };
}

function inGreen(value, low, high) {
  if (low === undefined) return high > 0 ? Math.max(0, value / high) : 0;
  if (high === undefined) return Math.min(1, low / Math.max(value, 1e-9));
  return Math.abs(value - (low + high) / 2) / ((high - low) / 2);
}

// The verdict on every signal that was measured. `doubted`: her goods have no texture, so only the relative test counts.
export function verdicts(signals, thresholds, { doubted = false } = {}) {
  return RANK.filter((name) => name in signals && thresholds[name]).map((name) => {
    const value = signals[name];
    const found = { name, value, ...grade(name === 'roll' && value !== null ? Math.abs(value) : value, thresholds[name]) };
    return { ...found, ...special(found, signals, thresholds[name], doubted) };
  });
}

// What the plain bounds cannot say.
function special(found, signals, bounds, doubted) {
  if (found.name === 'backlight' && found.grade === 'red' && signals.subject_luma >= bounds.below) return { grade: 'amber', depth: 1 };
  if (found.name === 'blur') return blurred(found, signals.blurShare, bounds, doubted);
  if (found.name === 'roll' && found.grade !== 'green') return { side: found.value > 0 ? 'right' : 'left' };
  if (found.name === 'covered' && found.grade !== 'green') return { side: signals.coveredBy };
  if (found.name === 'subject_luma' && found.side === 'low' && isSideways(signals)) {
    return { side: signals.side > 0 ? 'left' : 'right' };
  }
  return {};
}

const isSideways = ({ side, subject_luma: luma }) => Math.abs(side) > Math.max(SIDEWAYS.least, SIDEWAYS.share * luma);

function blurred(found, share, bounds, doubted) {
  if (found.grade === 'unknown') return {};
  const relative = share !== undefined && share < bounds.share;
  if (doubted) return relative ? { grade: 'amber', side: 'low', depth: 0.5 } : { grade: 'green', side: '', depth: 0 };
  return found.grade === 'green' && relative ? { grade: 'amber', side: 'low', depth: 0.5 } : {};
}

// The name under which the words of an advice stand.
export const keyOf = (verdict) => (verdict.side ? `${verdict.name}.${verdict.side}` : verdict.name);

// Worst colour first; `RANK` has put equal ones in order.
export function worst(list) {
  return list.reduce((found, one) => (WEIGHT[one.grade] > Math.max(0, found ? WEIGHT[found.grade] : 0) ? one : found), null);
}

// A meter: its colour, five blocks, and the verdict that it speaks of (null: all good).
export function meter(list, group) {
  const known = list.filter((one) => METERS[group].includes(one.name) && one.grade !== 'unknown');
  if (!known.length) return { grade: 'unknown', blocks: 0, verdict: null };
  const bad = worst(known);
  if (!bad) return { grade: 'green', blocks: Math.max(...known.map((one) => one.depth)) > 0.85 ? 4 : 5, verdict: null };
  if (bad.grade === 'red') return { grade: 'red', blocks: 1, verdict: bad };
  return { grade: 'amber', blocks: bad.depth < 0.5 ? 3 : 2, verdict: bad };
}

// Keeps time: a fault counts once it lasts (`hold` of its bounds), an advice stays for four seconds, and after five
// seconds of green meters one may film.
export class Pace {
  constructor(thresholds, { patience = PATIENCE, steady = STEADY } = {}) {
    Object.assign(this, { thresholds, patience, steady, since: {}, advice: null, saidAt: -Infinity, greenSince: null, ready: false });
  }

  // Verdicts with the colours that have lasted.
  lasting(list, now) {
    return list.map((one) => {
      const since = this.since[one.name] || {};
      const amber = WEIGHT[one.grade] >= 1 ? since.amber ?? now : null;
      const red = one.grade === 'red' ? since.red ?? now : null;
      this.since[one.name] = { amber, red };
      const hold = this.thresholds[one.name].hold ?? SETTLE;
      if (red !== null && now - red >= hold) return one;
      if (amber !== null && now - amber >= hold) return { ...one, grade: 'amber' };
      return WEIGHT[one.grade] >= 1 ? { ...one, grade: 'green', side: '', depth: 0.5 } : one;
    });
  }

  // `said`: this advice is new and is to be said now. `began`: from now on one may film.
  update(list, now) {
    const lasting = this.lasting(list, now);
    const meters = Object.fromEntries(Object.keys(METERS).map((group) => [group, meter(lasting, group)]));
    const began = this.becomesReady(lasting, meters, now);
    const next = this.ready ? null : worst(lasting);
    const other = (next && keyOf(next)) !== (this.advice && keyOf(this.advice));
    const said = other && (next === null || now - this.saidAt >= this.patience);
    if (said) Object.assign(this, { advice: next, saidAt: next ? now : this.saidAt });
    else if (next && !other) this.advice = next;
    return { lasting, meters, advice: this.advice, said: said && next !== null, ready: this.ready, began };
  }

  becomesReady(lasting, meters, now) {
    const known = Object.values(meters).filter((one) => one.grade !== 'unknown');
    const green = meters.light.grade === 'green' && known.every((one) => one.grade === 'green') && !lasting.some((one) => one.grade === 'red');
    this.greenSince = green ? this.greenSince ?? now : null;
    const ready = green && now - this.greenSince >= this.steady;
    const began = ready && !this.ready;
    this.ready = ready;
    return began;
  }
}
