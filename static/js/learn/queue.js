// Answers wait here until the server has stored them. Kept in this phone's storage under their person's key, so that
// a closed tab, a dead battery or a lost reply loses nothing, and somebody else on a shared phone never sends them.

// The first retry comes soon, for most replies are lost by chance; later ones leave a dead network in peace.
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;

export function newId() {
  // crypto.randomUUID is younger than WebView 87.
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_');
}

function network(there) {
  dispatchEvent(new CustomEvent('fieldcast:network', { detail: there }));
}

export class Queue {
  // `tell(state, item, answer)` hears `kept`, `sent` and `refused` for each item; `name` says what they belong to.
  constructor(person, token, tell, name = '', storage = window.localStorage) {
    Object.assign(this, { key: `fieldcast:queue:${person}`, token, tell, name, storage, busy: false, again: false });
  }

  items() {
    try {
      return JSON.parse(this.storage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  write(items) {
    if (items.length) this.storage.setItem(this.key, JSON.stringify(items));
    else this.storage.removeItem(this.key);
  }

  // Keep an answer, then try to send everything that waits. Where the phone is full, sending is all that is left.
  // `begin(id)` is called before anything is told of the item.
  add(address, deed, begin = () => {}) {
    const item = { address, name: this.name, deed: { id: newId(), at: new Date().toISOString(), ...deed } };
    begin(item.deed.id);
    const waiting = [...this.items(), item];
    try {
      this.write(waiting);
      this.tell('kept', item);
    } catch {
      this.unkept = [...(this.unkept || []), item];
    }
    return this.flush();
  }

  // Send what waits; what is added meanwhile goes right after it.
  async flush() {
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = 0;
    try {
      const waiting = [...this.items(), ...(this.unkept || [])];
      for (const address of new Set(waiting.map((item) => item.address))) {
        await this.send(address, waiting.filter((item) => item.address === address));
      }
    } catch (problem) {
      // fetch throws a TypeError when nothing was reached.
      network(!(problem instanceof TypeError));
      this.later();
    } finally {
      this.busy = false;
    }
    if (this.again && !this.timer) await this.flush();
    else if (!this.timer && this.items().length) this.later();
  }

  // Try again in a while, twice as long as the last time.
  later() {
    this.pause = Math.min(LAST_RETRY, (this.pause || FIRST_RETRY / 2) * 2);
    this.timer = setTimeout(() => this.flush(), this.pause);
  }

  // Send one address's items. An answer leaves the phone only when the server says that it is stored, or never will be.
  async send(address, items) {
    const response = await fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.token },
      body: JSON.stringify(items.map((item) => item.deed)),
    });
    network(true);
    if (!response.ok) throw new Error(String(response.status));
    this.pause = 0;
    const answer = await response.json();
    const settled = new Set([...answer.stored, ...Object.keys(answer.refused)]);
    this.write(this.items().filter((item) => !settled.has(item.deed.id)));
    this.unkept = (this.unkept || []).filter((item) => !settled.has(item.deed.id));
    for (const item of items) {
      if (answer.stored.includes(item.deed.id)) this.tell('sent', item, answer);
      else if (answer.refused[item.deed.id]) this.tell('refused', item, answer);
    }
  }
}
