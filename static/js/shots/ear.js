// Sound in, a line of measures out for every tenth of a second. It runs in the audio thread and over whole files alike.

import { Pair, highPass, kWeighting, lowPass } from './loudness.js';

export const BLOCK = 0.1; // seconds
export const ENVELOPE = 10; // values a block: one every 10 ms
const FULL_SCALE = 0.99;
const RUMBLE = 150; // Hz: wind on a microphone lies below
const VOICE = { from: 300, to: 3400 };

export class Ear {
  // `tell(block)`: {weighted, power, low, voice, peak, overload, envelope}; powers are mean squares.
  constructor(rate, tell) {
    Object.assign(this, { rate, tell, weighting: [], size: Math.round(rate * BLOCK) });
    this.rumble = new Pair(lowPass(rate, RUMBLE), lowPass(rate, RUMBLE));
    this.voice = new Pair(highPass(rate, VOICE.from), lowPass(rate, Math.min(VOICE.to, rate * 0.45)));
    this.begin();
  }

  begin() {
    Object.assign(this, { at: 0, weighted: 0, power: 0, low: 0, voiced: 0, peak: 0, over: 0, slice: 0, sliceAt: 0, envelope: [] });
  }

  // Samples of each channel, from -1 to 1.
  push(channels) {
    const count = channels.length;
    while (this.weighting.length < count) this.weighting.push(new Pair(...kWeighting(this.rate)));
    for (let at = 0; at < channels[0].length; at += 1) {
      let mono = 0;
      for (let channel = 0; channel < count; channel += 1) {
        const sample = channels[channel][at];
        const heard = this.weighting[channel].next(sample);
        this.weighted += heard * heard;
        const size = Math.abs(sample);
        if (size > this.peak) this.peak = size;
        if (size >= FULL_SCALE) this.over += 1 / count;
        mono += sample / count;
      }
      this.listen(mono);
    }
  }

  listen(mono) {
    const low = this.rumble.next(mono);
    const voice = this.voice.next(mono);
    this.power += mono * mono;
    this.low += low * low;
    this.voiced += voice * voice;
    this.slice += voice * voice;
    this.at += 1;
    this.sliceAt += 1;
    if (this.sliceAt >= this.size / ENVELOPE) {
      this.envelope.push(Math.sqrt(this.slice / this.sliceAt));
      this.slice = 0;
      this.sliceAt = 0;
    }
    if (this.at >= this.size) this.finish();
  }

  finish() {
    this.tell({
      weighted: this.weighted / this.at,
      power: this.power / this.at,
      low: this.low / this.at,
      voice: this.voiced / this.at,
      peak: this.peak,
      overload: (100 * this.over) / this.at,
      envelope: this.envelope,
    });
    this.begin();
  }
}
