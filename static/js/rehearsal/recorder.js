// The recording: small, in pieces of two seconds that are kept as they come, at most thirty minutes. When the camera is
// taken away (a call, a locked screen) the sound goes on as a part of its own.

const TYPES = {
  video: ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  audio: ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'],
};
const BITS = { videoBitsPerSecond: 600000, audioBitsPerSecond: 32000 };
const SLICE = 2000; // ms
const MEGABYTES = { video: 4.8, audio: 0.24 }; // a minute, by those bits and what holds them together
const SPARE = 1.25;

export const canRecord = (kind) => Boolean(window.MediaRecorder && TYPES[kind].some((type) => MediaRecorder.isTypeSupported(type)));
export const megabytes = (kind, minutes) => (kind === 'taps' ? 0 : MEGABYTES[kind] * minutes);
export const needed = (kind, minutes) => megabytes(kind, minutes) * SPARE;

// How many megabytes this phone still has for our pages; null where it does not tell.
export async function room() {
  if (!navigator.storage || !navigator.storage.estimate) return null;
  const { quota, usage } = await navigator.storage.estimate();
  return (quota - usage) / 1048576;
}

export class Recorder {
  // `keep(part, number, blob)` stores a piece; `told(what)` hears part, camera_gone, recording_gone and phone_full.
  constructor({ stream, keep, told, now }) {
    Object.assign(this, { stream, keep, told, now, part: -1, machine: null, ended: false, paused: false, lost: false, writing: Promise.resolve() });
    stream.getVideoTracks().forEach((track) => track.addEventListener('ended', () => this.withoutCamera()));
  }

  get kind() {
    return this.stream.getVideoTracks().some((track) => track.readyState === 'live') ? 'video' : 'audio';
  }

  start() {
    const kind = this.kind;
    const stream = kind === 'video' ? this.stream : new MediaStream(this.stream.getAudioTracks());
    const type = TYPES[kind].find((one) => MediaRecorder.isTypeSupported(one));
    const machine = new MediaRecorder(stream, { mimeType: type, ...BITS });
    this.part += 1;
    const part = this.part;
    let number = 0;
    machine.addEventListener('dataavailable', ({ data }) => {
      if (!data.size) return;
      number += 1;
      const place = number;
      this.writing = this.writing.then(() => this.write(part, place, data));
    });
    machine.addEventListener('error', () => this.broken());
    // It stops by itself when everything that it hears is taken away.
    machine.addEventListener('stop', () => { if (this.machine === machine) this.broken(); });
    machine.start(SLICE);
    // A call takes the camera after the page was hidden: nothing is recorded before its person goes on.
    if (this.paused) machine.pause();
    this.machine = machine;
    this.told('part', { kind, mime: machine.mimeType || type, from: this.now() });
  }

  // After a piece that found no room none is kept: what lies behind a gap cannot be read.
  async write(part, place, piece) {
    if (this.lost) return;
    await this.keep(part, place, piece).catch(() => { this.lost = true; this.full(); });
  }

  withoutCamera() {
    if (this.ended || !this.machine) return;
    this.halt(this.machine);
    if (this.stream.getAudioTracks().some((track) => track.readyState === 'live')) {
      this.told('camera_gone');
      this.start();
    } else this.broken();
  }

  broken() {
    if (this.ended) return;
    this.ended = true;
    this.told('recording_gone');
  }

  full() {
    if (this.ended) return;
    this.ended = true;
    this.halt(this.machine);
    this.told('phone_full');
  }

  pause() {
    this.paused = true;
    if (this.machine && this.machine.state === 'recording') {
      this.machine.requestData();
      this.machine.pause();
    }
  }

  resume() {
    this.paused = false;
    if (this.machine && this.machine.state === 'paused') this.machine.resume();
  }

  halt(machine) {
    return new Promise((resolve) => {
      if (!machine || machine.state === 'inactive') resolve();
      else {
        machine.addEventListener('stop', resolve, { once: true });
        machine.stop();
      }
    });
  }

  // Resolves when the last piece is kept.
  async stop() {
    this.ended = true;
    await this.halt(this.machine);
    await this.writing;
  }
}
