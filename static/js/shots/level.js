// How the phone is held, from what its sensors tell. Angles in degrees.

const RADIANS = Math.PI / 180;
// Looking this steeply up or down a phone has no sideways.
const STEEP = 60;

// The way up in the phone's own axes (x right, y to its top, z out of the screen), from DeviceOrientation's beta and
// gamma (intrinsic Tait-Bryan angles Z-X'-Y''), turned for a screen that is not upright.
export function up(beta, gamma, screenAngle = 0) {
  const [b, g, s] = [beta * RADIANS, gamma * RADIANS, screenAngle * RADIANS];
  const [x, y, z] = [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];
  return [x * Math.cos(s) - y * Math.sin(s), x * Math.sin(s) + y * Math.cos(s), z];
}

// `roll`: leaning to the right is positive; null when looking steeply. `pitch`: looking up is positive. `flat`: how far
// from looking straight down. The front camera (`facing` "user") looks out of the screen.
export function held(beta, gamma, { screenAngle = 0, facing = 'environment' } = {}) {
  const [x, y, z] = up(beta, gamma, screenAngle);
  const pitch = Math.asin(Math.max(-1, Math.min(1, facing === 'user' ? z : -z))) / RADIANS;
  return {
    roll: Math.abs(pitch) > STEEP ? null : Math.atan2(-x, y) / RADIANS,
    pitch,
    flat: 90 + pitch,
  };
}

// Movement over the last second: root mean square of what is left of the acceleration without gravity, in m/s², and
// the mean speed of turning, in degrees a second.
export class Movement {
  constructor(seconds = 1) {
    Object.assign(this, { seconds, samples: [], gravity: null });
  }

  // `whole` still holds gravity, which is then followed slowly and taken off.
  add(now, { own, whole, turning }) {
    const left = own || (whole && this.withoutGravity(whole));
    if (!left && !turning) return;
    const squared = left ? left.x ** 2 + left.y ** 2 + left.z ** 2 : null;
    const speed = turning ? Math.hypot(turning.alpha, turning.beta, turning.gamma) : null;
    this.samples = this.samples.filter((one) => now - one.now <= this.seconds);
    this.samples.push({ now, squared, speed });
  }

  withoutGravity(whole) {
    const share = this.gravity ? 0.1 : 1;
    const old = this.gravity || { x: 0, y: 0, z: 0 };
    const mix = (axis) => old[axis] + share * (whole[axis] - old[axis]);
    this.gravity = { x: mix('x'), y: mix('y'), z: mix('z') };
    return { x: whole.x - this.gravity.x, y: whole.y - this.gravity.y, z: whole.z - this.gravity.z };
  }

  get shake() {
    const mean = this.mean('squared');
    return mean === null ? null : Math.sqrt(mean);
  }

  get pan() {
    return this.mean('speed');
  }

  mean(name) {
    const known = this.samples.filter((one) => one[name] !== null);
    return known.length ? known.reduce((sum, one) => sum + one[name], 0) / known.length : null;
  }
}

// Half of a picture in each direction: 160 × 284 becomes 80 × 142.
export function halved(luma, width, height) {
  const [w, h] = [width >> 1, height >> 1];
  const small = new Uint8ClampedArray(w * h);
  for (let y = 0, to = 0; y < h; y += 1) {
    for (let x = 0, from = 2 * y * width; x < w; x += 1, from += 2, to += 1) {
      small[to] = (luma[from] + luma[from + 1] + luma[from + width] + luma[from + width + 1]) / 4;
    }
  }
  return small;
}

// Mean difference of two pictures: the unrest of a hand where there is no sensor.
export function unrest(luma, before) {
  let sum = 0;
  for (let at = 0; at < luma.length; at += 1) sum += Math.abs(luma[at] - before[at]);
  return sum / luma.length;
}
