// Everything that is told from sound, over moving windows of the ear's blocks.

import { BLOCK } from './ear.js';
import { peakDecibels, shortTerm } from './loudness.js';
import { gap, noiseAndClearness, spoken, syllableRate } from './speech.js';
import { rumble, windShare } from './wind.js';

const WINDOW = { short: 3, speech: 10, noise: 20, peak: 2 }; // seconds
const GUST = 50; // percent of the energy
const LEAST = 3; // seconds before anything is told

export class Hearing {
  constructor() {
    this.blocks = [];
  }

  add(block) {
    this.blocks.push(block);
    if (this.blocks.length > WINDOW.noise / BLOCK) this.blocks.shift();
  }

  last(seconds) {
    return this.blocks.slice(-Math.round(seconds / BLOCK));
  }

  // Signals by name. How loud and how fast somebody speaks is told only of somebody who speaks; `performing` is when a
  // silence counts, as while a clip is filmed.
  signals(performing = false) {
    if (this.blocks.length < LEAST / BLOCK) return {};
    const recent = this.last(WINDOW.speech);
    const { speaking, talking } = spoken(recent);
    const { noise, clearness } = noiseAndClearness(this.blocks, spoken(this.blocks));
    const peaks = this.last(WINDOW.peak);
    // Where a gust breaks the sound up, going farther off from the phone helps nobody.
    const gusty = rumble(peaks) > GUST;
    const found = {
      noise,
      wind: windShare(recent, speaking),
      peak: gusty ? null : peakDecibels(Math.max(...peaks.map((block) => block.peak))),
      overload: gusty ? null : Math.max(...peaks.map((block) => block.overload)),
      clearness, loudness: null, rate: null, silence: null, talking,
    };
    if (talking) {
      found.loudness = shortTerm(this.last(WINDOW.short));
      found.rate = syllableRate(recent, speaking);
    }
    if (performing) found.silence = gap(speaking);
    return found;
  }
}
