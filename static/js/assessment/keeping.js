// What is given and written on a rubric is kept on this machine until the server has it: a session that ended, a tab that
// was closed or a colleague who was faster loses nothing. Runs before the other scripts of the page, which then find the
// form as it was left. Without script the browser's own way back is all there is.

import { drop, isSame, put, take } from './drafts.js';

const form = document.querySelector('[data-rubric]');
const PARTS = ['piece', 'second', 'x', 'y', 'stamp', 'words'];

function read() {
  const points = {};
  form.querySelectorAll('[data-row] input:checked').forEach((level) => { points[level.name] = level.value; });
  const lines = [...form.querySelectorAll('[data-remark]')].map((line) => PARTS.map((name) => part(line, name).value));
  const remarks = lines.filter(([, second, x, , , words]) => second || x || words);
  return { points, words: form.elements.words.value, remarks };
}

function part(line, name) {
  return line.querySelector(`[name$="-${name}"]`);
}

function write(fields) {
  Object.entries(fields.points).forEach(([row, points]) => {
    const level = form.querySelector(`input[name="${row}"][value="${points}"]`);
    if (level) level.checked = true;
  });
  form.elements.words.value = fields.words;
  const box = form.querySelector('[data-remarks]');
  if (!box) return;
  const lines = fields.remarks.map((remark, number) => {
    const line = box.querySelector('template').content.firstElementChild.cloneNode(true);
    PARTS.forEach((name, at) => { part(line, name).value = remark[at]; });
    line.querySelectorAll('[name]').forEach((one) => { one.name = one.name.replace(/^remark-\d+-/, `remark-${number}-`); });
    return line;
  });
  box.querySelector('ul').replaceChildren(...lines);
  box.open = lines.length > 0;
}

function watch() {
  const { person, work, name, given } = form.dataset;
  const begun = read();
  const left = take(person, work);
  if (left && isSame(left.fields, begun) && !left.spoken) drop(person, work);
  else if (left) giveBack(left, person, work);
  let last = read();
  let spoken = left ? left.spoken : null;

  function keep(sent = false) {
    const now = read();
    const unchanged = isSame(now, begun) && !spoken;
    // What is sent again as the server has it needs no keeping; what it has refused does.
    if (unchanged && (!sent || (given && form.dataset.refused === undefined))) drop(person, work);
    else if (sent || !isSame(now, last)) put(person, work, { name, fields: now, spoken, sent, given });
    last = now;
  }

  // A phrase, a remark and points by keys change the form without an event of its own.
  const soon = () => setTimeout(keep, 0);
  form.addEventListener('fieldcast:spoken', async ({ detail }) => {
    spoken = detail && { sound: await addressOf(detail.blob), seconds: detail.seconds };
    if (spoken) put(person, work, { name, fields: read(), spoken, sent: false, given });
    else keep();
  });
  ['input', 'change', 'click', 'keyup'].forEach((kind) => document.addEventListener(kind, soon));
  form.addEventListener('submit', () => keep(true));
}

function addressOf(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(reader.result));
    reader.readAsDataURL(blob);
  });
}

// Into the form's own field, where the recorder of the page finds it.
function speakAgain({ sound, seconds }) {
  const [head, bytes] = sound.split(',');
  const kind = head.slice('data:'.length).replace(/;base64$/, '');
  const list = new DataTransfer();
  list.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], 'voice', { type: kind }));
  form.elements.voice.files = list.files;
  form.elements['voice-seconds'].value = seconds;
}

function giveBack(left, person, work) {
  write(left.fields);
  if (left.spoken) speakAgain(left.spoken);
  const box = document.querySelector('[data-given-back]');
  box.hidden = false;
  box.querySelector('button').addEventListener('click', () => {
    drop(person, work);
    window.location.replace(window.location.pathname);
  });
}

// A work that I cannot judge any more: what I wrote and nobody has is shown, to be copied or thrown away.
function showUnsent(box) {
  const { person, work } = box.dataset;
  const left = take(person, work);
  if (!left) return;
  const remarks = left.fields.remarks.map((remark) => remark[PARTS.indexOf('words')]);
  box.querySelector('textarea').value = [left.fields.words, ...remarks].filter(Boolean).join('\n');
  box.hidden = false;
  box.querySelector('button').addEventListener('click', () => {
    drop(person, work);
    box.hidden = true;
  });
}

// The server has what was sent last: it says so on the page that comes after, which tells of a judgement that is newer
// than the one that was to be replaced. The same one says only that a change has not come.
document.querySelectorAll('[data-came]').forEach((told) => {
  const left = take(told.dataset.person, told.dataset.came);
  if (left && left.sent && left.given !== told.dataset.given) drop(told.dataset.person, told.dataset.came);
});
if (form) watch();
document.querySelectorAll('[data-unsent]').forEach(showUnsent);
