// Loudness by Recommendation ITU-R BS.1770-4: K-weighting (annex 1: a shelf for the head, a high-pass), mean square,
// -0.691 dB. A 997 Hz sine at full scale in one channel reads -3.01 LUFS.

const OFFSET = -0.691;
// The standard gives coefficients for 48 kHz; these are the analogue filters behind them, for every rate.
const SHELF = { frequency: 1681.974450955533, gain: 3.999843853973347, quality: 0.7071752369554196, bend: 0.4996667741545416 };
const HIGH_PASS = { frequency: 38.13547087602444, quality: 0.5003270373238773 };

// The two stages of K-weighting at a sample rate, each [b0, b1, b2, a1, a2].
export function kWeighting(rate) {
  return [shelf(rate), highPass(rate, HIGH_PASS.frequency, HIGH_PASS.quality, true)];
}

function shelf(rate) {
  const k = Math.tan((Math.PI * SHELF.frequency) / rate);
  const high = 10 ** (SHELF.gain / 20);
  const band = high ** SHELF.bend;
  const divisor = 1 + k / SHELF.quality + k * k;
  return [
    (high + (band * k) / SHELF.quality + k * k) / divisor,
    (2 * (k * k - high)) / divisor,
    (high - (band * k) / SHELF.quality + k * k) / divisor,
    (2 * (k * k - 1)) / divisor,
    (1 - k / SHELF.quality + k * k) / divisor,
  ];
}

// `bare`: with 1, -2, 1 above, as the standard has it; else with gain 1 at the top.
export function highPass(rate, frequency, quality = Math.SQRT1_2, bare = false) {
  const k = Math.tan((Math.PI * frequency) / rate);
  const divisor = 1 + k / quality + k * k;
  const b = bare ? 1 : 1 / divisor;
  return [b, -2 * b, b, (2 * (k * k - 1)) / divisor, (1 - k / quality + k * k) / divisor];
}

export function lowPass(rate, frequency, quality = Math.SQRT1_2) {
  const k = Math.tan((Math.PI * frequency) / rate);
  const divisor = 1 + k / quality + k * k;
  const b = (k * k) / divisor;
  return [b, 2 * b, b, (2 * (k * k - 1)) / divisor, (1 - k / quality + k * k) / divisor];
}

// A second-order filter that remembers where it was (transposed direct form II).
class Stage {
  constructor([b0, b1, b2, a1, a2]) {
    Object.assign(this, { b0, b1, b2, a1, a2, one: 0, two: 0 });
  }

  next(sample) {
    const out = this.b0 * sample + this.one;
    this.one = this.b1 * sample - this.a1 * out + this.two;
    this.two = this.b2 * sample - this.a2 * out;
    return out;
  }
}

// Two such filters, one after the other.
export class Pair {
  constructor(first, second) {
    this.first = new Stage(first);
    this.second = new Stage(second);
  }

  next(sample) {
    return this.second.next(this.first.next(sample));
  }
}

// Loudness of a K-weighted mean square, summed over channels, in LUFS.
export const lufs = (meanSquare) => OFFSET + 10 * Math.log10(Math.max(meanSquare, 1e-12));
// A mean square or a peak in dB below full scale.
export const decibels = (meanSquare) => 10 * Math.log10(Math.max(meanSquare, 1e-12));
export const peakDecibels = (peak) => 20 * Math.log10(Math.max(peak, 1e-6));

export const mean = (values) => (values.length ? values.reduce((sum, one) => sum + one, 0) / values.length : 0);

// Short-term loudness of blocks of equal length: BS.1770-4 without gates, over what lies in the window.
export const shortTerm = (blocks) => lufs(mean(blocks.map((block) => block.weighted)));
