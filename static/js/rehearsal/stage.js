// What lies over the picture: comments to tap, orders, whoever comes in, mishaps, the product card.

const SHOWN = 4;
const TOLD = 4000; // ms that a note stands

const made = (name, className, text = '') => Object.assign(document.createElement(name), { className, textContent: text });
const starred = (name) => `${[...name][0]}**`;

// A slip that a host can see: ten times as dear or as cheap.
export const wrongPrice = (price) => {
  const value = Number(price);
  return Number.isFinite(value) && value ? String(Math.round(value * (value < 10 ? 1000 : 10)) / 100) : price;
};

export class Stage {
  // `did(kind, detail)` hears every tap that the audience must know of.
  constructor(host, { bank, card, did }) {
    Object.assign(this, { host, bank, card, did, said: host.words.said, rows: new Map(), mishaps: [], stream: host.part('stream') });
    this.stream.replaceChildren();
    ['name', 'spec'].forEach((word) => { host.part(`card-${word}`).textContent = card[word]; });
    this.price(card.price);
    this.viewers(0);
    host.part('frozen').hidden = true;
    this.drawMishap();
  }

  price(value) {
    this.host.part('card-price').textContent = value ? `¥${value}` : '';
  }

  viewers(count) {
    this.host.part('viewers').textContent = this.said.viewers.replace('{count}', count);
  }

  // One happening of the audience.
  show(one) {
    const deed = this[{ comment: 'comment', again: 'again', gone: 'gone', settled: 'settled', join: 'join', order: 'order', event: 'event', 'event-over': 'over' }[one.type]];
    if (one.type === 'viewers') this.viewers(one.count);
    if (deed) deed.call(this, one);
  }

  put(row) {
    const line = document.createElement('li');
    line.append(row);
    this.stream.append(line);
    while (this.stream.children.length > SHOWN) this.drop(this.stream.firstElementChild);
  }

  drop(line) {
    this.rows.forEach((row, id) => { if (line.contains(row)) this.rows.delete(id); });
    line.remove();
  }

  saidBy(who, text) {
    const row = made('button', 'comment');
    row.type = 'button';
    row.append(made('span', 'who', `${who}${this.said.colon}`), text);
    return row;
  }

  comment({ id, who, text, kind, asks }) {
    const row = this.saidBy(who, text);
    row.dataset.kind = kind;
    if (asks) {
      row.classList.add('asks');
      row.append(made('em', '', this.said.answer_me));
    }
    row.addEventListener('click', () => this.did('answered', { id }));
    this.rows.set(id, row);
    this.put(row);
  }

  again({ id, who, text, kind }) {
    const row = this.rows.get(id);
    if (row) this.drop(row.closest('li'));
    this.comment({ id, who, text, kind, asks: true });
    this.rows.get(id).querySelector('em').textContent = this.said.again;
  }

  gone({ id, who, aloud }) {
    const row = this.rows.get(id);
    if (row) { row.classList.remove('asks'); row.classList.add('over'); row.querySelector('em').remove(); }
    if (aloud) {
      const last = this.saidBy(who, this.said.gone);
      last.classList.add('over');
      this.put(last);
    }
  }

  settled({ id, kind }) {
    const row = this.rows.get(id);
    if (!row) return;
    row.classList.remove('asks');
    row.classList.add('answered');
    const mark = row.querySelector('em') || row.appendChild(made('em', ''));
    mark.textContent = kind === 'troll' ? this.said.muted : this.said.answered;
  }

  join({ who }) {
    const row = made('button', 'join', this.said.joined.replace('{name}', who));
    row.type = 'button';
    row.addEventListener('click', () => { row.disabled = true; this.did('named'); }, { once: true });
    this.put(row);
  }

  order({ who, count }) {
    const unit = count > 1 ? this.bank.units : this.bank.unit;
    const row = made('p', 'bought');
    row.append(this.host.icon('order'), made('b', '', this.said.bought.replace('{name}', starred(who)).replace('{count}', count).replace('{unit}', unit)));
    this.put(row);
    if (navigator.vibrate) navigator.vibrate(60);
  }

  // A wrong price says nothing: whoever looks at the card sees it.
  event({ id, name }) {
    if (name === 'price') { this.price(wrongPrice(this.card.price)); return; }
    if (name === 'network') this.host.part('frozen').hidden = false;
    this.mishaps.push({ id, name });
    this.drawMishap();
    if (name === 'phone' && navigator.vibrate) navigator.vibrate([300, 200, 300]);
  }

  // The newest that is not over; when it is, an older one can still be handled.
  drawMishap() {
    const { host } = this;
    host.part('event').hidden = !this.mishaps.length;
    if (!this.mishaps.length) return;
    const { id, name } = this.mishaps[this.mishaps.length - 1];
    const told = this.bank.events[name];
    host.part('event-icon').setAttribute('href', `#i-${told.icon}`);
    host.part('event-title').textContent = told.title;
    host.part('event-todo').textContent = told.todo;
    host.part('event-did').textContent = told.did;
    host.part('event-did').onclick = () => this.did('handled', { id });
  }

  over({ id, name }) {
    if (name === 'price') this.price(this.card.price);
    if (name === 'network') this.host.part('frozen').hidden = true;
    this.mishaps = this.mishaps.filter((one) => one.id !== id);
    this.drawMishap();
  }

  note(words) {
    const line = this.host.part('note');
    line.hidden = false;
    line.textContent = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { line.hidden = true; }, TOLD);
  }
}
