// Everything that is told from pictures, one group of measures a frame, so that no frame takes a cheap phone long.

import { laplacianVariance, Sharpest, smear } from './blur.js';
import { subject } from './framing.js';
import { halved, unrest } from './level.js';
import { brightness, CENTRE, flicker, lumaOf, rowMeans, whiteCard } from './light.js';

export const FRAME = { width: 160, height: 284 };
export const CROP_WIDTH = 320;

export class Looking {
  constructor() {
    Object.assign(this, { sharpest: new Sharpest(), before: null, rowsBefore: null });
  }

  // `frame`: {pixels, width, height, now, group, box, card}; `group`: light, frame or all. Gives signals by name.
  small({ pixels, width, height, group = 'all', box = CENTRE, card = false }) {
    const luma = lumaOf(pixels);
    const found = this.moved(luma, width, height);
    if (group !== 'frame') Object.assign(found, brightness(luma, width, height, box));
    if (group !== 'light') Object.assign(found, this.framed(pixels, width, height));
    if (card) Object.assign(found, whiteCard(pixels, width, height, box));
    return found;
  }

  framed(pixels, width, height) {
    const found = subject(pixels, width, height);
    if (!found) return { width: null, headroom: null, covered: null };
    return { width: found.width, headroom: found.headroom, covered: found.covered, coveredBy: found.coveredBy };
  }

  moved(luma, width, height) {
    const small = halved(luma, width, height);
    const rows = rowMeans(luma, width, height);
    const found = {};
    if (this.before && this.before.length === small.length) {
      found.unrest = unrest(small, this.before);
      // A hand that moves differs in rows too.
      found.flicker = found.unrest < 6 ? flicker(rows, this.rowsBefore) : 0;
    }
    Object.assign(this, { before: small, rowsBefore: rows });
    return found;
  }

  // The centre at 320 pixels across, once a second.
  crop({ pixels, width, height, now }) {
    const luma = lumaOf(pixels);
    const blur = laplacianVariance(luma, width, height);
    return { blur, blurShare: this.sharpest.add(blur, now), smear: smear(luma, width, height, 100) };
  }
}
