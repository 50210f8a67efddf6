// The microphone: opened once, heard all the time so that one sees how loud it is, recorded from tap to tap.

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const BITS = 64000;
const FLOOR = -60; // dBFS, where the meter begins
const LONGEST = 60000; // ms of one sentence

// A voice as it is: what makes telephone calls clear makes a reading breathe and pump.
const WANTED = { audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: false } };

export const canRecord = () => Boolean(window.MediaRecorder && navigator.mediaDevices && TYPES.some((type) => MediaRecorder.isTypeSupported(type)));

export class Microphone {
  // Throws what getUserMedia throws: it is asked for when somebody wants to speak, never before.
  async open() {
    if (this.stream && this.stream.active) return;
    this.stream = await navigator.mediaDevices.getUserMedia(WANTED);
    this.context = new AudioContext();
    this.ear = this.context.createAnalyser();
    this.ear.fftSize = 2048;
    this.context.createMediaStreamSource(this.stream).connect(this.ear);
    this.heard = new Float32Array(this.ear.fftSize);
  }

  // How loud it is now, in dBFS.
  level() {
    if (!this.ear) return FLOOR;
    this.ear.getFloatTimeDomainData(this.heard);
    const power = this.heard.reduce((sum, one) => sum + one * one, 0) / this.heard.length;
    return Math.max(FLOOR, 10 * Math.log10(power || 1e-9));
  }

  // Begins to record; the sound comes with the promise once `stop` is called, or after a minute.
  record() {
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    const machine = new MediaRecorder(this.stream, { mimeType: type, audioBitsPerSecond: BITS });
    const pieces = [];
    this.machine = machine;
    return new Promise((resolve) => {
      const late = setTimeout(() => this.stop(), LONGEST);
      machine.addEventListener('dataavailable', ({ data }) => pieces.push(data));
      machine.addEventListener('stop', () => {
        clearTimeout(late);
        resolve(new Blob(pieces, { type: type.split(';')[0] }));
      });
      machine.start();
    });
  }

  stop() {
    if (this.machine && this.machine.state !== 'inactive') this.machine.stop();
  }

  close() {
    this.stop();
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    if (this.context) this.context.close();
    Object.assign(this, { stream: null, context: null, ear: null });
  }
}
