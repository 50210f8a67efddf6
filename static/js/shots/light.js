// How light falls, from a small picture: means, burnt and black shares, backlight, contrast, colour of a white card,
// bands of lamps. Pixels are RGBA bytes, luma one byte each; boxes are {left, top, right, bottom} from 0 to 1.

export const CENTRE = { left: 0.25, top: 0.225, right: 0.75, bottom: 0.775 };
const RING = 0.2;
const BURNT = 250;
const BLACK = 10;
const CYCLES = { fewest: 2, most: 14 };

// Rec. 709 luma.
export function lumaOf(pixels) {
  const luma = new Uint8ClampedArray(pixels.length / 4);
  for (let from = 0, to = 0; to < luma.length; from += 4, to += 1) {
    luma[to] = 0.2126 * pixels[from] + 0.7152 * pixels[from + 1] + 0.0722 * pixels[from + 2];
  }
  return luma;
}

export function inPixels(box, width, height) {
  return {
    left: Math.round(box.left * width), right: Math.round(box.right * width),
    top: Math.round(box.top * height), bottom: Math.round(box.bottom * height),
  };
}

// Everything about brightness. Shares are percent of the subject (clipped) or of the picture (crushed); `side` is how
// much brighter the left half is than the right.
export function brightness(luma, width, height, box = CENTRE) {
  const inner = inPixels(box, width, height);
  const margin = { x: Math.round(width * RING), y: Math.round(height * RING) };
  const sums = { subject: 0, ring: 0, all: 0, squares: 0, left: 0 };
  const counts = { subject: 0, ring: 0, clipped: 0, crushed: 0 };
  const middle = width / 2;
  for (let y = 0, at = 0; y < height; y += 1) {
    const rowInRing = y < margin.y || y >= height - margin.y;
    const rowInside = y >= inner.top && y < inner.bottom;
    for (let x = 0; x < width; x += 1, at += 1) {
      const value = luma[at];
      sums.all += value;
      sums.squares += value * value;
      if (x < middle) sums.left += value;
      if (value <= BLACK) counts.crushed += 1;
      if (rowInside && x >= inner.left && x < inner.right) {
        sums.subject += value;
        counts.subject += 1;
        if (value >= BURNT) counts.clipped += 1;
      } else if (rowInRing || x < margin.x || x >= width - margin.x) {
        sums.ring += value;
        counts.ring += 1;
      }
    }
  }
  const size = width * height;
  const mean = sums.all / size;
  const subject = sums.subject / (counts.subject || 1);
  return {
    subject_luma: subject,
    backlight: counts.ring ? sums.ring / counts.ring - subject : 0,
    clipped: (100 * counts.clipped) / (counts.subject || 1),
    crushed: (100 * counts.crushed) / size,
    contrast: Math.sqrt(Math.max(0, sums.squares / size - mean * mean)),
    side: (4 * sums.left - 2 * sums.all) / size,
  };
}

// Red and blue against green on a white card held into the box; nothing where it is burnt or too dark to tell.
export function whiteCard(pixels, width, height, box = CENTRE) {
  const inner = inPixels(box, width, height);
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let y = inner.top; y < inner.bottom; y += 1) {
    for (let at = 4 * (y * width + inner.left), end = 4 * (y * width + inner.right); at < end; at += 4) {
      if (Math.max(pixels[at], pixels[at + 1], pixels[at + 2]) >= BURNT) continue;
      red += pixels[at];
      green += pixels[at + 1];
      blue += pixels[at + 2];
      count += 1;
    }
  }
  return count && green / count > 40 ? { warmth: red / green, blueness: blue / green } : {};
}

export function rowMeans(luma, width, height) {
  const means = new Float32Array(height);
  for (let y = 0, at = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = 0; x < width; x += 1, at += 1) sum += luma[at];
    means[y] = sum / width;
  }
  return means;
}

// Lamps at 50 Hz darken a rolling shutter's picture in bands that wander from frame to frame, so they are what differs
// between two frames' rows as one wave. Gives its amplitude in luma, 0 where no single wave stands out.
export function flicker(rows, before) {
  const size = rows.length;
  const differing = new Float32Array(size);
  let [sum, slope] = [0, 0];
  const centre = (size - 1) / 2;
  for (let y = 0; y < size; y += 1) {
    differing[y] = rows[y] - before[y];
    sum += differing[y];
    slope += differing[y] * (y - centre);
  }
  slope /= (size * (size * size - 1)) / 12;
  let power = 0;
  for (let y = 0; y < size; y += 1) {
    differing[y] -= sum / size + slope * (y - centre);
    power += differing[y] * differing[y];
  }
  let best = 0;
  for (let cycles = CYCLES.fewest; cycles <= CYCLES.most; cycles += 1) best = Math.max(best, wave(differing, cycles));
  return power && (best * best * size) / 2 > 0.6 * power ? best : 0;
}

function wave(values, cycles) {
  let [real, imaginary] = [0, 0];
  const step = (2 * Math.PI * cycles) / values.length;
  for (let y = 0; y < values.length; y += 1) {
    real += values[y] * Math.cos(step * y);
    imaginary += values[y] * Math.sin(step * y);
  }
  return (2 * Math.hypot(real, imaginary)) / values.length;
}
