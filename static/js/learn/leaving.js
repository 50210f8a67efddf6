// Signing out on a shared phone. Answers that were not sent yet are named first, and their person decides; once signed
// out, nothing that was kept for them is left on the phone.

import { leaving as scripts } from '../scripts/shelf.js';
import { leaving as judgements } from '../assessment/drafts.js';
import { leaving as rehearsals } from '../rehearsal/leaving.js';
import { leaving as shots } from '../shots/leaving.js';
import { leaving as drafts } from '../submissions/drafts.js';
import { leaving as works } from '../submissions/outbox.js';
import { leaving as takes } from '../takes/sending.js';
import { Queue } from './queue.js';

// Longer than this nobody is kept from signing out, whatever the phone's storage does.
const PATIENCE = 3000; // ms

const box = document.querySelector('[data-leaving]');
const form = document.querySelector('[data-sign-out]');
const person = box.dataset.queue;
const words = JSON.parse(box.dataset.words);
const status = box.querySelector('[role=status]');
const queue = new Queue(person, box.dataset.token, (state, item, answer) => {
  if (state === 'refused') status.textContent = answer.refused[item.deed.id];
});
const answers = {
  waiting: async () => queue.items().map((item) => [item.name, words.kinds[item.deed.kind]].filter(Boolean).join(words.colon)),
  send: () => queue.flush(),
  wipe: async () => forget(),
};

// Everything that keeps something on this phone: what of it waits, by name; how to send it; how to forget it.
const ROOMS = [answers, works, drafts, shots, rehearsals, scripts, judgements, takes];

async function draw() {
  const lists = await Promise.all(ROOMS.map((room) => room.waiting(person, words)));
  const sendable = await Promise.all(ROOMS.map((room, at) => (room.sendable ? room.sendable(person) : room.send && lists[at].length)));
  const names = lists.flat();
  box.hidden = !names.length;
  form.hidden = Boolean(names.length);
  // What only its person can hand in is no reason to offer sending.
  box.querySelector('[data-send]').hidden = !sendable.some(Boolean);
  box.querySelector('[data-count]').textContent = words.waiting.replace('%d', names.length);
  box.querySelector('ul').replaceChildren(...names.map((name) => Object.assign(document.createElement('li'), { textContent: name })));
  return names.length;
}

async function sendAndLeave(event) {
  const button = event.currentTarget;
  button.setAttribute('aria-busy', 'true');
  status.textContent = words.sending;
  await Promise.all(ROOMS.filter((room) => room.send).map((room) => room.send(person).catch(() => {})));
  button.removeAttribute('aria-busy');
  if (!await draw()) leave();
  else status.textContent = navigator.onLine ? words.left : words.unsent;
}

// Everything kept under this person's key; but an author's page that the server does not have yet is never thrown away.
function forget() {
  const theirs = Object.keys(localStorage).filter((key) => /^fieldcast:(?!page:)/.test(key) && key.split(':')[2] === person);
  theirs.forEach((key) => localStorage.removeItem(key));
}

async function leave() {
  const late = new Promise((done) => { setTimeout(done, PATIENCE); });
  await Promise.race([late, Promise.all(ROOMS.map((room) => room.wipe(person).catch(() => {})))]);
  form.submit();
}

form.addEventListener('submit', (event) => { event.preventDefault(); leave(); });
box.querySelector('[data-send]').addEventListener('click', sendAndLeave);
box.querySelector('[data-drop]').addEventListener('click', leave);
draw();
