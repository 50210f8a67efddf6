// The room's clock: it stands still in a pause. `speed` is for whoever cannot wait, as tests cannot.

export class Clock {
  constructor(speed = 1) {
    Object.assign(this, { speed, passed: 0, since: null });
  }

  get running() {
    return this.since !== null;
  }

  get seconds() {
    return this.passed + (this.running ? ((performance.now() - this.since) / 1000) * this.speed : 0);
  }

  go() {
    if (!this.running) this.since = performance.now();
  }

  stop() {
    this.passed = this.seconds;
    this.since = null;
  }
}

export const told = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
