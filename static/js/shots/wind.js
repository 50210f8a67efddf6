// Wind on a microphone: a rumble below 150 Hz that is there when nobody speaks.

import { decibels } from './loudness.js';

// Quieter than this a rumble is the house, not the wind.
const AUDIBLE = -48; // dBFS

// Percent of the energy that lies below 150 Hz where nobody speaks; 0 where all is quiet, null where somebody always speaks.
export function windShare(blocks, speaking) {
  const silent = blocks.filter((_, at) => !speaking[at]);
  if (silent.length < 5) return null;
  const power = silent.reduce((sum, block) => sum + block.power, 0);
  const low = silent.reduce((sum, block) => sum + Math.min(block.low, block.power), 0);
  return decibels(power / silent.length) > AUDIBLE ? (100 * low) / power : 0;
}
