// Speech without recognising a word: how loud it stands over the noise, its gaps, and how many syllables a second.

import { BLOCK, ENVELOPE } from './ear.js';
import { decibels, mean, peakDecibels } from './loudness.js';

const SPAN = 4; // blocks: 400 ms
const ABOVE = 9; // dB over the floor of the voice's band is speech
const FAINT = -62; // dBFS: quieter than this nobody speaks
const NEAR = 0.11; // seconds between two syllables at least

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

// Levels of 400 ms each, in dBFS, moving on by 100 ms.
export function levels(blocks, name = 'power') {
  const found = [];
  for (let at = SPAN; at <= blocks.length; at += 1) found.push(decibels(mean(blocks.slice(at - SPAN, at).map((one) => one[name]))));
  return found;
}

// Which blocks stand above the floor of the voice's band. The floor is taken from slices of 10 ms: between syllables
// speech falls back to it however fast somebody talks, while noise never leaves it.
export function spoken(blocks) {
  const floor = percentile(blocks.flatMap((block) => block.envelope), 0.1);
  const least = Math.max(peakDecibels(floor) + ABOVE, FAINT);
  const speaking = blocks.map((block) => decibels(block.voice) > least);
  return { speaking, talking: speaking.filter(Boolean).length >= 0.15 * blocks.length };
}

// The noise floor and how far speech stands above it, in dB. While somebody talks without a breath neither can be told.
export function noiseAndClearness(blocks, { speaking, talking }) {
  const breath = speaking.some((_, at) => at >= SPAN && !speaking.slice(at - SPAN, at).some(Boolean));
  if (talking && !breath) return { noise: null, clearness: null };
  const all = levels(blocks);
  const noise = percentile(all, 0.1);
  return { noise, clearness: talking ? percentile(all, 0.9) - noise : null };
}

// Seconds since somebody spoke last.
export function gap(speaking) {
  let silent = 0;
  while (silent < speaking.length && !speaking[speaking.length - 1 - silent]) silent += 1;
  return silent * BLOCK;
}

// Syllable nuclei: peaks of the smoothed envelope, as far apart as syllables are, that stand out of the dips beside
// them. In Mandarin one is a character. Gives how many a second of speaking, or null where there is too little speech.
export function syllableRate(blocks, speaking) {
  const step = BLOCK / ENVELOPE;
  const envelope = smoothed(blocks.flatMap((block) => block.envelope), Math.round(0.03 / step));
  const bridged = speaking.map((one, at) => one || (speaking[at - 1] && (speaking[at + 1] || speaking[at + 2])) || false);
  const seconds = bridged.filter(Boolean).length * BLOCK;
  if (seconds < 2) return null;
  const peaks = peaksOf(envelope, NEAR / step).filter((at) => bridged[Math.floor(at / ENVELOPE)]);
  return peaks.length / seconds;
}

function smoothed(values, reach) {
  return values.map((_, at) => mean(values.slice(Math.max(0, at - reach), at + reach + 1)));
}

function peaksOf(values, distance) {
  const peaks = [];
  let dip = values[0];
  for (let at = 1; at < values.length - 1; at += 1) {
    dip = Math.min(dip, values[at]);
    const top = values[at] >= values[at - 1] && values[at] > values[at + 1];
    if (!top) continue;
    const last = peaks[peaks.length - 1];
    if (last !== undefined && at - last < distance) {
      if (values[at] > values[last]) peaks[peaks.length - 1] = at;
    } else if (values[at] > 1.25 * dip) {
      peaks.push(at);
      dip = values[at];
    }
  }
  return peaks;
}
