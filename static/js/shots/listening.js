// The microphone's sound, measured in the audio thread and heard by nobody.

import { Hearing } from './hearing.js';

export class Listening {
  constructor() {
    Object.assign(this, { hearing: new Hearing(), working: false });
  }

  async start(stream) {
    if (!stream.getAudioTracks().length || !window.AudioWorkletNode) return;
    this.context = new (window.AudioContext || window.webkitAudioContext)();
    await this.context.audioWorklet.addModule(new URL('./ear-worklet.js', import.meta.url).href);
    const ear = new AudioWorkletNode(this.context, 'ear', { numberOfOutputs: 0 });
    ear.port.onmessage = ({ data }) => {
      this.working = true;
      this.hearing.add(data);
    };
    this.context.createMediaStreamSource(stream).connect(ear);
    this.wake();
  }

  // Browsers keep sound asleep until the first tap.
  wake() {
    if (this.context && this.context.state === 'suspended') this.context.resume();
  }

  stop() {
    if (this.context) this.context.close();
    Object.assign(this, { context: null, working: false, hearing: new Hearing() });
  }

  signals(performing) {
    return this.working ? this.hearing.signals(performing) : {};
  }
}
