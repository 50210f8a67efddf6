// Nothing that was typed is lost: kept on the phone at each change, sent after a pause, and kept until the server has
// it. `tell(state, facts)` hears saving, saved, offline, signed_out, refused and conflict.

import { drop, put, send, take } from './shelf.js';

const SEND_AFTER = 2000;
const RETRY_FIRST = 4000;
const RETRY_MOST = 60000;

export class Keeper {
  // `page`: {person, token, save, id, base, script (a number or '')}. `read()` gives {text, kind, goods, packs}.
  constructor(page, read, tell) {
    Object.assign(this, { page, read, tell, sent: JSON.stringify(read()), retry: RETRY_FIRST, stopped: false });
  }

  // What this phone kept and the server has not, from before.
  get left() {
    const left = take(this.page.person, this.page.id);
    return left && left.text !== this.read().text ? left : null;
  }

  get isNew() { return JSON.stringify(this.read()) !== this.sent; }

  changed() {
    if (!this.isNew) return;
    try {
      put(this.page.person, this.page.id, { ...this.read(), base: this.page.base });
    } catch {
      this.later(0); // the phone is full: sending is all that is left
      return;
    }
    this.later(SEND_AFTER);
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.now(), pause);
  }

  // Send now; `kept`: as a version that stays. The state in which that ended.
  async now(kept = false) {
    clearTimeout(this.timer);
    if (this.busy) return this.busy.then(() => (this.isNew || kept ? this.now(kept) : 'saved'));
    this.busy = this.sendOnce(kept);
    try {
      return await this.busy;
    } finally {
      this.busy = null;
    }
  }

  async sendOnce(kept) {
    if (this.stopped) return 'conflict';
    const script = this.read();
    if (!kept && !this.isNew) return 'saved';
    this.tell('saving');
    const answer = await send(this.page.save, this.page.token, this.page.id, { ...script, base: this.page.base }, kept);
    if (answer.state === 'saved') {
      this.page.base = answer.base;
      this.page.script = answer.script;
      this.sent = JSON.stringify(script);
      this.retry = RETRY_FIRST;
      if (this.isNew) this.changed();
      else drop(this.page.person, this.page.id);
    } else if (answer.state === 'conflict') {
      this.stopped = true;
    } else if (answer.state === 'offline') {
      this.later(this.retry);
      this.retry = Math.min(RETRY_MOST, this.retry * 2);
    }
    this.tell(answer.state, answer);
    return answer.state;
  }

  // The conflict is settled: what stands here now was made from the server's text.
  settle(base) {
    this.page.base = base;
    this.stopped = false;
    this.sent = '';
    return this.now(true);
  }
}
