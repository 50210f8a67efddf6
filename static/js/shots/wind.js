// Wind on a microphone: a rumble below 150 Hz that is there when nobody speaks.

import { decibels } from './loudness.js';

// Quieter than this a rumble is the house, not the wind.
const AUDIBLE = -48; // dBFS

// No voice has more than this below 150 Hz, however deep it is.
const DEEPEST = 60; // percent
const LEAST = 5; // blocks

// Percent of the energy that lies below 150 Hz; 0 where all is quiet.
export function rumble(blocks) {
  const power = blocks.reduce((sum, block) => sum + block.power, 0);
  const low = blocks.reduce((sum, block) => sum + Math.min(block.low, block.power), 0);
  return decibels(power / blocks.length) > AUDIBLE ? (100 * low) / power : 0;
}

// The same where nobody speaks. While somebody speaks without a breath, it is wind only where no voice is that deep;
// else null.
export function windShare(blocks, speaking) {
  const silent = blocks.filter((_, at) => !speaking[at]);
  if (silent.length >= LEAST) return rumble(silent);
  const all = rumble(blocks);
  return all > DEEPEST ? all : null;
}
