// How sharp a picture is, by the variance of its Laplacian, and whether a smeared lens glows.

const GLOW = { from: 200, below: 250 };

// Variance of the four-neighbour Laplacian. It depends on the size of the picture, so that must always be the same.
export function laplacianVariance(luma, width, height) {
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1, at = y * width + 1; x < width - 1; x += 1, at += 1) {
      const value = luma[at - 1] + luma[at + 1] + luma[at - width] + luma[at + width] - 4 * luma[at];
      sum += value;
      squares += value * value;
    }
  }
  const count = (width - 2) * (height - 2);
  return squares / count - (sum / count) ** 2;
}

// The same along four directions; a shaken picture stays sharp in one of them, a smeared or unfocused one in none.
export function directions(luma, width, height) {
  return [1, width, width + 1, width - 1].map((step) => {
    let squares = 0;
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1, at = y * width + 1; x < width - 1; x += 1, at += 1) {
        squares += (luma[at - step] + luma[at + step] - 2 * luma[at]) ** 2;
      }
    }
    return squares / ((width - 2) * (height - 2));
  });
}

// Percent of the picture that glows round a light without being light itself, where no direction is sharp; else 0.
export function smear(luma, width, height, sharpness) {
  let [glowing, burnt] = [0, 0];
  for (const value of luma) {
    if (value >= GLOW.below) burnt += 1;
    else if (value >= GLOW.from) glowing += 1;
  }
  const soft = Math.max(...directions(luma, width, height)) < sharpness / 2;
  return burnt && soft ? (100 * glowing) / luma.length : 0;
}

// The sharpest value of the last 30 seconds: goods without texture are never very sharp, but may be as sharp as they get.
export class Sharpest {
  constructor(seconds = 30) {
    this.seconds = seconds;
    this.seen = [];
  }

  add(value, now) {
    this.seen = this.seen.filter((one) => now - one.at <= this.seconds);
    this.seen.push({ value, at: now });
    return value / Math.max(...this.seen.map((one) => one.value), 1e-6);
  }
}
