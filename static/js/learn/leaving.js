// Signing out on a shared phone. Answers that were not sent yet are named first, and their person decides; once signed
// out, nothing that was kept for them is left on the phone.

import { Queue } from './queue.js';

const box = document.querySelector('[data-leaving]');
const form = document.querySelector('[data-sign-out]');
const person = box.dataset.queue;
const words = JSON.parse(box.dataset.words);
const status = box.querySelector('[role=status]');
const queue = new Queue(person, box.dataset.token, (state, item, answer) => {
  if (state === 'refused') status.textContent = answer.refused[item.deed.id];
});

function draw() {
  const items = queue.items();
  box.hidden = !items.length;
  form.hidden = Boolean(items.length);
  box.querySelector('[data-count]').textContent = words.waiting.replace('%d', items.length);
  box.querySelector('ul').replaceChildren(...items.map((item) => Object.assign(document.createElement('li'), { textContent: nameOf(item) })));
}

function nameOf(item) {
  return [item.name, words.kinds[item.deed.kind]].filter(Boolean).join(words.colon);
}

async function sendAndLeave(event) {
  const button = event.currentTarget;
  button.setAttribute('aria-busy', 'true');
  status.textContent = words.sending;
  await queue.flush();
  button.removeAttribute('aria-busy');
  draw();
  if (queue.items().length) status.textContent = words.unsent;
  else form.requestSubmit ? form.requestSubmit() : form.submit();
}

// Everything kept under this person's key; but an author's page that the server does not have yet is never thrown away.
function wipe() {
  const theirs = Object.keys(localStorage).filter((key) => /^fieldcast:(?!page:)/.test(key) && key.split(':')[2] === person);
  theirs.forEach((key) => localStorage.removeItem(key));
}

form.addEventListener('submit', wipe);
box.querySelector('[data-send]').addEventListener('click', sendAndLeave);
box.querySelector('[data-drop]').addEventListener('click', () => { wipe(); form.submit(); });
draw();
