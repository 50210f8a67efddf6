// Whether somebody talks, how fast and how loud: from the ear of the shot coach, over moving windows.

import { BLOCK } from '../shots/ear.js';
import { shortTerm } from '../shots/loudness.js';
import { spoken, syllableRate } from '../shots/speech.js';
import { median } from './measures.js';

const WINDOW = 10; // seconds
const LEAST = 1.5; // seconds before anything is told
const SHOUT = 8; // dB over one's own voice
const NEW = 4; // windows before shouting is told
const STALE = 1.5; // seconds without sound from the microphone

export class Talking {
  constructor() {
    Object.assign(this, { blocks: [], fresh: 0, heardAt: -Infinity, speaking: false, windows: [], silence: true });
  }

  add(block) {
    this.blocks.push(block);
    this.fresh += 1;
    this.heardAt = performance.now();
    if (this.blocks.length > WINDOW / BLOCK) this.blocks.shift();
  }

  // What was heard since the last time: {speaking, loud}; speaking is null while nothing comes from the microphone.
  take() {
    if (performance.now() - this.heardAt > STALE * 1000 || this.blocks.length < LEAST / BLOCK) return { speaking: null, loud: false };
    if (this.fresh) {
      const flags = spoken(this.blocks).speaking.slice(-this.fresh);
      this.speaking = flags.some(Boolean);
      this.fresh = 0;
    }
    return { speaking: this.speaking, loud: this.speaking && this.isLoud() };
  }

  isLoud() {
    const usual = median(this.windows.filter((one) => one.loudness !== null).map((one) => one.loudness));
    return this.windows.length >= NEW && usual !== null && shortTerm(this.blocks.slice(-3 / BLOCK)) > usual + SHOUT;
  }

  // How fast and how loud the last seconds were, where somebody spoke: {at, rate, loudness}.
  window(at) {
    const { speaking, talking } = this.blocks.length ? spoken(this.blocks) : { speaking: [], talking: false };
    const voiced = this.blocks.filter((_, position) => speaking[position]).slice(-5 / BLOCK);
    const found = { at, rate: talking ? syllableRate(this.blocks, speaking) : null, loudness: voiced.length > 10 ? shortTerm(voiced) : null };
    this.windows.push(found);
    return found;
  }
}
