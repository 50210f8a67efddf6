// Where the subject stands: everything whose colour the edge of the picture hardly has. No learned model: against an
// even ground this finds the goods, before a crowded one it says that it does not know.

import { inPixels } from './light.js';

const EDGE = 0.08;
const RARE = 0.004; // of the edge's pixels
const SHARE = { least: 0.015, most: 0.75 };
const FULL = 0.35; // of its own box, else it is scattered specks
// A livestream page lays its buttons, comments and product card over these parts of an upright picture.
export const ZONES = { top: 0.12, bottom: 0.3, right: 0.15 };

// The box round the subject, from 0 to 1, with how much of it lies under each zone in percent; or null.
export function subject(pixels, width, height) {
  const rare = rareColours(pixels, width, height);
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  let count = 0;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      if (!rare[binOf(pixels, at)]) continue;
      columns[x] += 1;
      rows[y] += 1;
      count += 1;
    }
  }
  const share = count / (width * height);
  if (share < SHARE.least || share > SHARE.most) return null;
  const [left, right] = span(columns, count);
  const [top, bottom] = span(rows, count);
  if (count / ((right - left) * (bottom - top)) < FULL) return null;
  return {
    left: left / width, right: right / width, top: top / height, bottom: bottom / height,
    width: (100 * (right - left)) / width,
    headroom: (100 * top) / height,
    ...covered({ left, right, top, bottom }, width, height),
  };
}

function binOf(pixels, at) {
  return ((pixels[at] >> 4) << 8) | ((pixels[at + 1] >> 4) << 4) | (pixels[at + 2] >> 4);
}

// Colour → 1 where the picture's edge hardly has it or its neighbours: light falls off towards the edge.
function rareColours(pixels, width, height) {
  const seen = new Uint32Array(4096);
  const inner = inPixels({ left: EDGE, top: EDGE, right: 1 - EDGE, bottom: 1 - EDGE }, width, height);
  let count = 0;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      if (y >= inner.top && y < inner.bottom && x >= inner.left && x < inner.right) continue;
      seen[binOf(pixels, at)] += 1;
      count += 1;
    }
  }
  const rare = new Uint8Array(4096);
  for (let bin = 0; bin < 4096; bin += 1) {
    const [r, g, b] = [bin >> 8, (bin >> 4) & 15, bin & 15];
    let near = 0;
    for (let dr = -1; dr <= 1; dr += 1) {
      const grey = [r + dr, g + dr, b + dr];
      if (grey.every((part) => part >= 0 && part < 16)) near += seen[(grey[0] << 8) | (grey[1] << 4) | grey[2]];
    }
    rare[bin] = near < RARE * count ? 1 : 0;
  }
  return rare;
}

// Where the middle nine tenths of all hits lie.
function span(hits, count) {
  let [sum, first] = [0, -1];
  for (let at = 0; at < hits.length; at += 1) {
    sum += hits[at];
    if (first < 0 && sum > 0.05 * count) first = at;
    if (sum >= 0.95 * count) return [first, at + 1];
  }
  return [Math.max(0, first), hits.length];
}

// Percent of the subject's height or width that lies under a zone, for the worst of them.
function covered(box, width, height) {
  const [tall, wide] = [box.bottom - box.top, box.right - box.left];
  const under = {
    top: (100 * Math.max(0, ZONES.top * height - box.top)) / tall,
    bottom: (100 * Math.max(0, box.bottom - (1 - ZONES.bottom) * height)) / tall,
    right: (100 * Math.max(0, box.right - (1 - ZONES.right) * width)) / wide,
  };
  const worst = Object.keys(under).reduce((a, b) => (under[b] > under[a] ? b : a));
  return { covered: under[worst], coveredBy: worst };
}
