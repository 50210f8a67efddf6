// The task's page: files are shown with their size before anything is sent, then kept on the phone and sent by the
// outbox. Without this the form sends everything at once.

import { keepDraft, keyOf } from './drafts.js';
import { drop, flush, handIn, show, waiting } from './outbox.js';
import { tellIn, weight } from './telling.js';

const form = document.querySelector('[data-hand-in]');
const place = document.querySelector('[data-outbox]');
const article = document.querySelector('[data-task]');
const words = JSON.parse(article.dataset.words);
const person = article.dataset.person;

// What this page handed in and the server refused: the next hand-in takes its place.
let refusedHere = '';

tellIn(place, words, person);
addEventListener('fieldcast-outbox', ({ detail: news }) => {
  if (news.person !== person) return;
  document.querySelector('[data-later]').hidden = news.state !== 'sending' && news.state !== 'waits';
  if (news.page !== location.pathname) return;
  // The page as it is now: with what was handed in, and who looks at it.
  if (news.state === 'sent') location.reload();
  else if (form) lead(news);
});
if (form) watchForm();
goOn();

async function goOn() {
  await show(person);
  if ((await waiting(person)).length) flush();
}

// The form gives way to what is on its way, and comes back as it was with what is refused.
function lead(news) {
  const isRefused = news.state === 'refused';
  form.hidden = !isRefused;
  if (isRefused) form.removeAttribute('aria-busy');
  if (isRefused && news.id === form.dataset.sent) refusedHere = news.id;
}

function watchForm() {
  form.dataset.ready = '';
  keepDraft(form, ['text', 'words'], keyOf(person, form.dataset.task), form.dataset.title);
  const chosen = [];
  const list = form.querySelector('[data-chosen]');
  form.querySelectorAll('input[type=file]').forEach((input) => input.addEventListener('change', async () => {
    const files = [...input.files];
    input.value = '';
    const wrong = [];
    for (const file of files) {
      const why = await refused(file);
      if (why) wrong.push(`${file.name}${words.colon}${why}`);
      else if (chosen.length >= 9) wrong.push(words.many);
      else chosen.push(file);
    }
    draw(chosen, list);
    say([...new Set(wrong)].join('\n'));
  }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const pieces = chosen.map((file) => ({ kind: kindOf(file), blob: file, name: file.name }));
    const text = form.elements.text && form.elements.text.value.trim();
    if (text) pieces.push({ kind: form.elements['text-kind'].value, text });
    const wrong = missing(pieces);
    if (wrong) say(wrong);
    else send(pieces);
  });
}

function missing(pieces) {
  if (!pieces.length) return words.empty;
  const seen = pieces.some((piece) => piece.kind === 'photo' || piece.kind === 'video');
  return seen && !form.elements.others.value ? words.others : '';
}

async function send(pieces) {
  const fields = { words: form.elements.words.value.trim(), others: seen('others'), show: form.elements.show && form.elements.show.checked ? 'yes' : '' };
  form.setAttribute('aria-busy', 'true');
  const { person: whose, title, task } = form.dataset;
  await replaced();
  const { id, kept } = await handIn({ person: whose, action: form.getAttribute('action'), page: location.pathname, title, task, fields, pieces, draft: keyOf(whose, task) });
  form.dataset.sent = id;
  form.hidden = true;
  place.hidden = false;
  place.scrollIntoView({ block: 'center' });
  if (!kept) {
    place.append(Object.assign(document.createElement('p'), { className: 'banner banner-warn', textContent: words.unkept }));
    const stay = (event) => event.preventDefault();
    addEventListener('beforeunload', stay);
    addEventListener('fieldcast-outbox', (event) => event.detail.state === 'sent' && removeEventListener('beforeunload', stay));
  }
}

async function replaced() {
  if (!refusedHere) return;
  await drop(refusedHere, person);
  const card = place.querySelector(`[data-item="${refusedHere}"]`);
  if (card) card.remove();
  refusedHere = '';
}

const seen = (name) => (form.elements[name] ? form.elements[name].value : '');

function kindOf(file) {
  if (file.type.startsWith('image/')) return 'photo';
  return file.type.startsWith('audio/') ? 'audio' : 'video';
}

// What need not be sent to be refused: empty, too large, or a program under a film's name.
async function refused(file) {
  if (!file.size) return words.nothing;
  const most = Number(form.dataset.most) * 1024 * 1024;
  if (file.size > most) return words.large.replace('%s', weight(file.size)).replace('%s', `${form.dataset.most} MB`);
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const first = String.fromCharCode(...head);
  return first.startsWith('MZ') || first.startsWith('\x7fELF') || first.startsWith('PK') || first === '%PDF' ? words.wrong : '';
}

// Stays until something else is chosen or sent; nothing takes it away.
function say(text) {
  const wrong = form.querySelector('[data-wrong]');
  wrong.textContent = text;
  wrong.hidden = !text;
  if (text) wrong.scrollIntoView({ block: 'center' });
}

function draw(chosen, list) {
  list.replaceChildren(...chosen.map((file, n) => {
    const row = Object.assign(document.createElement('li'), { className: 'row apart' });
    const remove = Object.assign(document.createElement('button'), { type: 'button', className: 'button button-text', textContent: words.remove });
    remove.addEventListener('click', () => { chosen.splice(n, 1); draw(chosen, list); say(''); });
    const name = Object.assign(document.createElement('span'), { textContent: `${file.name} · ${words.size.replace('%s', weight(file.size))}` });
    row.append(name, remove);
    return row;
  }));
}
