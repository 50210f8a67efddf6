// The ear in the audio thread: hears every sample, keeps none.

import { Ear } from './ear.js';

registerProcessor('ear', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.ear = new Ear(sampleRate, (block) => this.port.postMessage(block));
  }

  process([channels]) {
    if (channels.length) this.ear.push(channels);
    return true;
  }
});
