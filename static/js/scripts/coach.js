// The copy coach, live: looks again after each pause in writing, swaps words in at one tap, saves by itself. All that is
// found comes from the server, as parts of the page; without network it says so and keeps the words.

import { listenBar, voice } from '../learn/listen.js';
import { handIn } from '../submissions/outbox.js';
import { Keeper } from './keeping.js';
import { drop, nameOf, send, waiting } from './shelf.js';
import { filled, swapped } from './swapping.js';
import { timer } from './timer.js';

const LOOK_AFTER = 600;
const SENT_WITHIN = 4000;

class ScriptCoach extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.form = this.querySelector('[data-form]');
    this.text = this.querySelector('[data-text]');
    this.paper = this.querySelector('[data-paper]');
    this.state = this.querySelector('[data-state]');
    this.bar = this.querySelector('[data-listening]');
    this.barAsWritten = this.bar && this.bar.innerHTML;
    this.characters = 0;
    this.keeper = this.dataset.person ? new Keeper(this.page(), () => this.read(), (...said) => this.kept(...said)) : null;
    this.listen();
    this.writing(!this.text.value.trim());
    this.bringBack();
    if (this.text.value.trim()) this.look();
    this.sendOthers();
  }

  page() {
    const { person, token, save, client, base, script } = this.dataset;
    return { person, token, save, id: client, base, script };
  }

  read() {
    const fields = new FormData(this.form);
    return { text: this.text.value.replace(/\r\n/g, '\n'), kind: fields.get('kind'), goods: fields.get('goods').trim(), packs: fields.getAll('packs') };
  }

  listen() {
    this.form.addEventListener('input', () => this.changed());
    this.form.addEventListener('submit', (event) => this.submitted(event));
    this.addEventListener('click', (event) => this.tapped(event));
    this.paper.addEventListener('click', (event) => event.target.closest('a') || this.writing(true));
    addEventListener('pagehide', () => this.keeper && this.keeper.changed());
    addEventListener('online', () => { this.look(); if (this.keeper) this.keeper.now(); });
    const box = this.querySelector('[data-timer]');
    if (box) timer(box, this.words, () => this.characters);
    this.addEventListener('submit', (event) => event.target.matches('[data-hand-in-form]') && this.handIn(event, event.target));
    this.readAloud();
  }

  // Writing or reading: the same place on the page shows the field or the paper.
  writing(on) {
    this.dataset.mode = on ? 'writing' : 'reading';
    this.paper.hidden = on;
    this.querySelector('[data-writing]').hidden = !on;
    if (this.bar) this.bar.hidden = on;
    this.querySelector('[data-main-words]').textContent = on ? (this.dataset.script ? this.words.look : this.words.first) : this.words.edit;
    if (on && this.text.value) this.text.focus();
  }

  changed() {
    if (this.keeper) this.keeper.changed();
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.look(), LOOK_AFTER);
  }

  async submitted(event) {
    const swap = event.submitter && event.submitter.closest('[data-swap]');
    event.preventDefault();
    if (swap) this.swap(swap);
    else if (this.dataset.mode === 'reading') this.writing(true);
    else await this.done();
  }

  // Changed, look again: saved as a version that stays; a new script gets its own page.
  async done() {
    const looked = await this.look();
    const state = this.keeper && this.text.value.trim() ? await this.keeper.now(true) : '';
    if (state === 'saved' && !this.dataset.script && this.address) location.href = this.address;
    else if (looked) {
      this.writing(false);
      scrollTo({ top: 0 });
    }
  }

  async look() {
    const looking = {};
    this.asked = looking;
    try {
      const answer = await fetch(this.dataset.look, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.dataset.token },
        body: JSON.stringify({ ...this.read(), script: Number(this.dataset.script) || null, for: this.dataset.for || '' }),
      });
      const told = await answer.json();
      if (this.asked !== looking) return false;
      if (!answer.ok) { this.say(told.error); return false; }
      this.draw(told);
      return true;
    } catch {
      this.say(this.words.unchecked);
      return false;
    }
  }

  draw(told) {
    this.characters = told.characters;
    for (const [name, html] of Object.entries(told.parts)) {
      const part = this.querySelector(`[data-part=${name}]`);
      // Whoever fills in a gap or gives a proof is not interrupted.
      if (part.contains(document.activeElement) && !document.activeElement.closest('[data-swap]')) continue;
      const typed = part.querySelector('#hand-in-words');
      part.innerHTML = html;
      if (typed && part.querySelector('#hand-in-words')) part.querySelector('#hand-in-words').value = typed.value;
    }
    this.readAloud();
  }

  // The sentences are new: the bar reads these.
  readAloud() {
    if (!this.bar || !voice([]).possible()) return;
    this.bar.innerHTML = this.barAsWritten;
    listenBar(this.bar.querySelector('[data-listen]'));
  }

  tapped(event) {
    const button = event.target.closest('button');
    if (!button) return;
    if ('mine' in button.dataset) this.settle(this.text.value);
    if ('other' in button.dataset) this.settle(this.theirs.theirs);
  }

  swap(button) {
    const row = button.closest('[data-rewrite]');
    const { start, end, words } = button.closest('[data-fix]').dataset;
    const pieces = [...row.querySelectorAll('[data-piece]')].map((piece) => piece.textContent);
    const instead = filled(pieces, [...row.querySelectorAll('[data-blank]')].map((blank) => blank.value));
    const truth = row.querySelector('[data-true]');
    const text = instead === null || (truth && !truth.checked) ? null : swapped(this.read().text, Number(start), Number(end), words, instead);
    const why = instead === null ? 'gap' : truth && !truth.checked ? 'untrue' : 'gone';
    const refused = row.querySelector('[data-refused]');
    refused.hidden = text !== null;
    if (text === null) { refused.textContent = this.words[why]; return; }
    this.text.value = text;
    if (this.keeper) this.keeper.changed();
    button.blur();
    this.look();
  }

  say(words) { this.state.textContent = words || ''; }

  kept(state, facts = {}) {
    const said = { saving: this.words.saving, saved: this.words.saved, offline: this.words.offline, signed_out: this.words.signed_out, refused: facts.error };
    this.say(said[state]);
    if (state === 'saved' && facts.address) {
      this.address = facts.address;
      this.form.elements.base.value = facts.base;
    }
    if (state !== 'conflict') return;
    this.theirs = facts;
    this.say('');
    this.querySelector('[data-conflict]').hidden = false;
    this.querySelector('[data-theirs]').textContent = facts.theirs;
    this.querySelector('[data-conflict]').scrollIntoView({ block: 'nearest' });
  }

  // Mine is saved on theirs first, whichever is chosen: both stay as versions.
  async settle(text) {
    this.querySelector('[data-conflict]').hidden = true;
    await this.keeper.settle(this.theirs.base);
    if (text !== this.text.value) {
      this.text.value = text;
      await this.keeper.now(true);
    }
    this.look();
  }

  // What this phone kept of this script and could not send.
  bringBack() {
    const left = this.keeper && this.keeper.left;
    if (!left) return;
    this.text.value = left.text;
    this.keeper.page.base = left.base;
    this.writing(true);
    this.keeper.now();
  }

  // Scripts that were begun without network, on the page that lists them.
  async sendOthers() {
    const box = this.querySelector('[data-unsent]');
    if (!box || !this.dataset.person) return;
    for (const [id, script] of waiting(this.dataset.person).filter(([one]) => one !== this.dataset.client)) {
      const answer = await send(this.dataset.save, this.dataset.token, id, script);
      if (answer.state === 'saved') drop(this.dataset.person, id);
      else this.listUnsent(box, script);
    }
  }

  listUnsent(box, script) {
    box.hidden = false;
    const row = Object.assign(document.createElement('p'), { className: 'hint', textContent: this.words.unsent.replace('%s', nameOf(script)) });
    box.append(row);
  }

  async handIn(event, form) {
    event.preventDefault();
    const fields = new FormData(form);
    const piece = { kind: fields.get('piece-1-kind'), text: this.read().text, verdicts: JSON.parse(fields.get('piece-1-verdicts')) };
    const { task, page, title } = form.dataset;
    const given = { words: fields.get('words'), others: fields.get('others') };
    const { id, kept } = await handIn({ person: this.dataset.person, action: form.action, page, title, task, fields: given, pieces: [piece] });
    this.say(this.words.kept);
    if (await sentSoon(id) || (kept && navigator.onLine !== false)) location.href = page;
  }
}

// Whether a hand-in arrives within a short while; else it goes on from the next page.
function sentSoon(id) {
  return new Promise((resolve) => {
    addEventListener('fieldcast-outbox', ({ detail }) => { if (detail.id === id && detail.state === 'sent') resolve(true); });
    setTimeout(() => resolve(false), SENT_WITHIN);
  });
}

customElements.define('script-coach', ScriptCoach);
