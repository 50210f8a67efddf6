// Hands small pictures to the worker a few times a second, and gives back what it saw.

import { CROP_WIDTH, FRAME } from './looking.js';

// Each turn one group: light and frame alternate, sharpness once a second.
const TURNS = ['light', 'frame', 'light', 'crop'];
export const PER_SECOND = 4;

// The middle of a picture that an upright 9:16 view shows, in its own pixels.
export function upright(width, height) {
  const wide = Math.min(width, (height * 9) / 16);
  const tall = Math.min(height, (wide * 16) / 9);
  return { left: (width - wide) / 2, top: (height - tall) / 2, width: wide, height: tall };
}

export function canvasOf(width, height) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  return canvas.getContext('2d', { willReadFrequently: true });
}

// The upright middle of a video or picture at 160 × 284, as pixels.
export function smallOf(source, width, height, paper) {
  const part = upright(width, height);
  paper.drawImage(source, part.left, part.top, part.width, part.height, 0, 0, FRAME.width, FRAME.height);
  return paper.getImageData(0, 0, FRAME.width, FRAME.height);
}

// The subject at 320 pixels across, never larger than it is.
export function cropOf(source, width, height, box, paper) {
  const part = upright(width, height);
  const wide = (box.right - box.left) * part.width;
  const tall = (box.bottom - box.top) * part.height;
  const across = Math.min(CROP_WIDTH, Math.round(wide));
  const down = Math.round((across * tall) / wide);
  if (paper.canvas.width !== across || paper.canvas.height !== down) Object.assign(paper.canvas, { width: across, height: down });
  paper.drawImage(source, part.left + box.left * part.width, part.top + box.top * part.height, wide, tall, 0, 0, across, down);
  return paper.getImageData(0, 0, across, down);
}

export class Watching {
  // `state()` gives {box, card}; `tell(signals)` hears what was seen; `spent` is the time that it took so far, in ms.
  constructor(video, state, tell) {
    Object.assign(this, { video, state, tell, turn: 0, waiting: false, spent: { drawing: 0, looking: 0 } });
    this.papers = { small: canvasOf(FRAME.width, FRAME.height), crop: canvasOf(CROP_WIDTH, CROP_WIDTH) };
    this.worker = new Worker(new URL('./looking-worker.js', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }) => this.saw(data));
  }

  start() {
    this.timer = this.timer || setInterval(() => this.look(), 1000 / PER_SECOND);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.waiting = false;
  }

  // A picture that comes before the last one was looked at is left out: a slow phone sees fewer, none piles up.
  look() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (this.waiting || !width || document.hidden) return;
    const began = performance.now();
    const { box, card } = this.state();
    const group = TURNS[this.turn];
    this.turn = (this.turn + 1) % TURNS.length;
    const crop = group === 'crop';
    const image = crop ? cropOf(this.video, width, height, box, this.papers.crop) : smallOf(this.video, width, height, this.papers.small);
    this.waiting = true;
    this.worker.postMessage({
      kind: crop ? 'crop' : 'small', group, box, card, now: began / 1000,
      pixels: image.data.buffer, width: image.width, height: image.height,
    }, [image.data.buffer]);
    this.spent.drawing += performance.now() - began;
  }

  saw({ found, milliseconds }) {
    this.waiting = false;
    this.spent.looking += milliseconds;
    if (this.timer) this.tell(found);
  }
}
