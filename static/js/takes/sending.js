// Sends what was spoken, one after the other, and again once there is network.

import { drop, waiting, wipe } from './keeping.js';

const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;

export class Sender {
  // `tell(state, take, facts)`: sent ({sound, said, missing}), refused ({error}), waits, signed_out.
  constructor(person, token, tell) {
    Object.assign(this, { person, token, tell, retry: FIRST_RETRY, busy: false, again: false });
    addEventListener('online', () => this.flush());
  }

  async flush() {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      while (this.again) {
        this.again = false;
        for (const take of await waiting(this.person)) await this.one(take);
      }
      this.retry = FIRST_RETRY;
    } catch (problem) {
      this.tell(problem.message === 'signed out' ? 'signed_out' : 'waits');
      this.timer = setTimeout(() => this.flush(), this.retry);
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
    } finally {
      this.busy = false;
    }
  }

  async one(take) {
    const form = new FormData();
    form.append('track', take.track);
    form.append('sentence', take.sentence);
    form.append('file', take.blob, 'sentence');
    const answer = await fetch(take.to, {
      method: 'POST',
      redirect: 'manual',
      headers: { Accept: 'application/json', 'X-CSRF-Token': this.token },
      body: form,
    });
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) throw new Error('signed out');
    if (answer.status >= 500 || answer.status === 429) throw new Error('later');
    const told = await answer.json();
    await drop(this.person, take);
    this.tell(answer.ok ? 'sent' : 'refused', take, told);
  }
}

// For leaving a shared phone: what was spoken here is named, sent if its speaker wishes, and gone afterwards.
export const leaving = {
  waiting: async (person, words) => (await waiting(person).catch(() => [])).map(() => words.sentence),
  send: (person) => new Sender(person, document.querySelector('[data-leaving]').dataset.token, () => {}).flush(),
  wipe,
};
