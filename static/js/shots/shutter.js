// Taking a photo, or a clip of at most sixty seconds, from the open camera.

export const LONGEST = 60; // seconds
const LARGEST = 1600; // pixels of a photo's longer side
const TYPES = ['video/mp4;codecs=avc1,mp4a.40.2', 'video/mp4', 'video/webm;codecs=vp8,opus', 'video/webm'];
const BITS = { videoBitsPerSecond: 1500000, audioBitsPerSecond: 64000 };

export const canFilm = () => Boolean(window.MediaRecorder && TYPES.some((type) => MediaRecorder.isTypeSupported(type)));

// The upright middle of the view as JPEG.
export function photo(video, part) {
  const scale = Math.min(1, LARGEST / part.height);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(part.width * scale), height: Math.round(part.height * scale) });
  canvas.getContext('2d').drawImage(video, part.left, part.top, part.width, part.height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88));
}

export class Film {
  // `tick(seconds)` is told four times a second; `done(blob, seconds)` once it has ended.
  constructor(stream, tick, done) {
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    Object.assign(this, { pieces: [], began: performance.now() });
    this.machine = new MediaRecorder(stream, { mimeType: type, ...BITS });
    this.machine.addEventListener('dataavailable', (event) => event.data.size && this.pieces.push(event.data));
    this.machine.addEventListener('stop', () => {
      clearInterval(this.timer);
      done(new Blob(this.pieces, { type: type.split(';')[0] }), this.seconds);
    });
    this.machine.start(1000);
    this.timer = setInterval(() => {
      tick(this.seconds);
      if (this.seconds >= LONGEST) this.stop();
    }, 250);
  }

  get seconds() {
    return Math.min(LONGEST, (performance.now() - this.began) / 1000);
  }

  stop() {
    if (this.machine.state !== 'inactive') this.machine.stop();
  }
}
