// The phone's sensors. Some phones ask their owner first, and only after a tap.

import { held, Movement } from './level.js';

export class Motion {
  constructor(facing) {
    Object.assign(this, { facing, movement: new Movement(), angles: null, heardAt: -Infinity });
    this.turned = (event) => this.orientation(event);
    this.moved = (event) => this.motion(event);
  }

  // Gives whether the sensors may be listened to; without a tap some phones say no.
  async start() {
    for (const kind of [window.DeviceOrientationEvent, window.DeviceMotionEvent]) {
      if (!kind || !kind.requestPermission) continue;
      try {
        if (await kind.requestPermission() !== 'granted') return false;
      } catch {
        return false;
      }
    }
    addEventListener('deviceorientation', this.turned);
    addEventListener('devicemotion', this.moved);
    return true;
  }

  stop() {
    removeEventListener('deviceorientation', this.turned);
    removeEventListener('devicemotion', this.moved);
  }

  orientation({ beta, gamma }) {
    if (beta === null || gamma === null) return;
    const screenAngle = (screen.orientation && screen.orientation.angle) || 0;
    this.angles = held(beta, gamma, { screenAngle, facing: this.facing });
    this.heardAt = performance.now();
  }

  motion({ acceleration, accelerationIncludingGravity, rotationRate }) {
    const known = (one, axis) => (one && one[axis] !== null ? one : null);
    this.movement.add(performance.now() / 1000, {
      own: known(acceleration, 'x'), whole: known(accelerationIncludingGravity, 'x'), turning: known(rotationRate, 'alpha'),
    });
  }

  // Signals by name; empty on a computer or a phone without sensors. What is being filmed decides what counts.
  signals(what) {
    const { shake, pan } = this.movement;
    const found = {};
    if (shake !== null) found.shake = shake;
    if (pan !== null) found.pan = pan;
    if (!this.angles) return found;
    if (what === 'above') return { ...found, flat: this.angles.flat };
    if (this.angles.roll !== null) found.roll = this.angles.roll;
    if (what === 'person') found.pitch = this.angles.pitch;
    return found;
  }
}
