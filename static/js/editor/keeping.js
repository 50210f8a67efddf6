// Nothing that was typed is lost: it is kept in this browser first, then sent, and kept until the server has it. The
// key holds the person, so that somebody else on the same computer neither sees nor sends it.

const SEND_AFTER = 2000;
const RETRY_FIRST = 3000;
const RETRY_MOST = 60000;

export class Keeper {
  // `page`: {person, path, revision, text, save, session, token}. `tell(state, facts)` hears kept, sending, saved,
  // offline, signed_out, other_person, refused, conflict. `read()` gives the text as it stands in the editor.
  constructor(page, read, tell, storage = window.localStorage) {
    Object.assign(this, { page, read, tell, storage });
    this.key = `fieldcast:page:${page.person}:${page.path}`;
    this.base = page.text;
    this.retry = RETRY_FIRST;
    this.stopped = false;
  }

  // What this browser kept and the server has not, from before: {text, revision, base}, or null.
  kept() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.key));
      return kept && typeof kept.text === 'string' && kept.text !== this.page.text ? kept : null;
    } catch {
      return null;
    }
  }

  keep() {
    const text = this.read();
    if (text === this.base) {
      this.storage.removeItem(this.key);
      return;
    }
    try {
      const facts = { text, revision: this.page.revision, base: this.base, at: Date.now() };
      this.storage.setItem(this.key, JSON.stringify(facts));
    } catch {
      // The browser is full: sending is all that is left.
      this.later(0);
    }
  }

  // Call at each change.
  changed() {
    this.keep();
    if (this.read() === this.base) return;
    if (!this.stopped) this.tell('kept');
    this.later(SEND_AFTER);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  // Call when the page is hidden: the tab may never come back.
  hidden() {
    this.keep();
    if (this.read() !== this.base) this.send(true);
  }

  async send(leaving = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    const text = this.read();
    if (this.busy || this.stopped || text === this.base) return;
    this.busy = true;
    try {
      if (!leaving) this.tell('sending');
      // A request that outlives its page may hold 64 KB; longer texts wait in this browser.
      const answer = await this.post(text, leaving && text.length < 20000);
      await this.heard(answer, text);
      this.retry = RETRY_FIRST;
    } catch {
      this.tell('offline');
      this.later(this.retry);
      this.retry = Math.min(this.retry * 2, RETRY_MOST);
    } finally {
      this.busy = false;
    }
    if (!this.timer && this.read() !== this.base) this.later(SEND_AFTER);
  }

  post(text, keepalive) {
    return fetch(this.page.save, {
      method: 'POST',
      keepalive,
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.page.token },
      body: JSON.stringify({ text, base: this.page.revision }),
    });
  }

  async heard(answer, text) {
    if (answer.ok) {
      const stored = await answer.json();
      this.page.revision = stored.revision;
      this.base = text;
      this.keep();
      this.tell('saved', stored);
    } else if (answer.status === 409) {
      this.stopped = true;
      this.tell('conflict', { mine: text, base: this.base, ...(await answer.json()) });
    } else if (answer.status >= 500) {
      throw new Error(`${answer.status}`);
    } else {
      await this.refused(answer, text);
    }
  }

  // Refused: perhaps only because the session ended, or began anew in another tab.
  async refused(answer, text) {
    const reason = answer.type === 'opaqueredirect' ? '' : await answer.json().then((told) => told.error, () => '');
    const state = await this.session();
    if (state === 'fresh') {
      const again = await this.post(text, false);
      if (again.ok || again.status === 409) await this.heard(again, text);
      else this.tell('refused', { reason });
    } else if (state === 'same') {
      this.stopped = true;
      this.tell('refused', { reason });
    } else {
      this.tell(state);
      this.later(RETRY_MOST);
    }
  }

  // signed_out, other_person, same, or fresh: the same person with a new token.
  async session() {
    const answer = await fetch(this.page.session, { headers: { Accept: 'application/json' } });
    if (answer.status === 401) return 'signed_out';
    const { person, token } = await answer.json();
    if (String(person) !== String(this.page.person)) return 'other_person';
    const before = this.page.token;
    this.page.token = token;
    return token === before ? 'same' : 'fresh';
  }

  // The conflict is settled: this text stands on their revision now.
  settle(revision, theirs) {
    this.page.revision = revision;
    this.base = theirs;
    this.stopped = false;
    this.keep();
    this.send();
  }
}
