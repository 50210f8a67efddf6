// Sends what was spoken, one after the other, and again once there is network.

import { drop, waiting, wipe } from './keeping.js';

const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const PATIENCE = 120000; // ms for one sentence: half a megabyte at most
// What the server says to somebody who is not signed in any more, or whose page is older than the session.
const SESSION = [401, 403, 422];

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
      let held = null;
      while (this.again) {
        this.again = false;
        for (const take of await waiting(this.person)) held = (await this.tried(take)) || held;
      }
      if (held) throw held;
      this.retry = FIRST_RETRY;
    } catch (problem) {
      const signedOut = problem.message === 'signed out';
      this.tell(signedOut ? 'signed_out' : 'waits');
      // Who is signed out sends again from the page that opens after signing in: until then it would only cost data.
      if (!signedOut) this.timer = setTimeout(() => this.flush(), this.retry);
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
    } finally {
      this.busy = false;
    }
  }

  // Sends one. What the server has no answer for does not hold up the others; without network or session none can go.
  async tried(take) {
    try {
      await this.one(take);
      return null;
    } catch (problem) {
      if (problem.message === 'later') return problem;
      throw problem;
    }
  }

  async one(take) {
    const form = new FormData();
    form.append('track', take.track);
    form.append('sentence', take.sentence);
    form.append('file', take.blob, 'sentence');
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), PATIENCE);
    const answer = await fetch(take.to, {
      method: 'POST',
      signal: late.signal,
      redirect: 'manual',
      headers: { Accept: 'application/json', 'X-CSRF-Token': this.token },
      body: form,
    }).finally(() => clearTimeout(timer));
    const told = await answer.json().catch(() => ({}));
    // Only what the server has, or says that it never takes, is forgotten here: a session that ended, an older page or a
    // lesson that is off the list for a while cost nobody what was spoken.
    if (!answer.ok && !told.refused) throw new Error(SESSION.includes(answer.status) || answer.type === 'opaqueredirect' ? 'signed out' : 'later');
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
