// Checks, tries and quiz questions: the form's own post, sent by the queue instead, so that a weak network loses nothing.
// What the page says is what is true: 记在手机里 until the server has the row, then 送到了 and what to think of it.

import { bodyOf, fill, isEmpty } from '../questions/bodies.js';

// `hear` tells of an item in the form that it came from; `holds` says whether the page has that form.
export function watchAnswers(queue, words) {
  const waiting = new Map();
  // What was answered before the page was opened anew, and waits still.
  queue.items().forEach((item) => {
    const form = formOf(item.deed);
    if (!form) return;
    fill(form, item.deed.body);
    keep(form, words);
    waiting.set(item.deed.id, form);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('[data-answer]')) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy')) return;
    const deed = deedOf(form);
    if (!deed) {
      say(form, 'err', words.choose);
      return;
    }
    form.setAttribute('aria-busy', 'true');
    queue.add(form.dataset.answer, deed, (id) => waiting.set(id, form));
  });
  const holds = (item) => waiting.has(item.deed.id);
  const hear = (state, item, answer) => {
    const form = waiting.get(item.deed.id);
    if (form && state === 'kept') keep(form, words);
    else if (form) settle(form, state, item, answer, words);
  };
  return { hear, holds };
}

function formOf(deed) {
  return [...document.querySelectorAll('form[data-answer]')].find((form) => {
    const fields = new FormData(form);
    return fields.get('step') === deed.step && (fields.get('question') || undefined) === deed.body.question
      && (Number(fields.get('attempt')) || undefined) === deed.body.attempt;
  });
}

function deedOf(form) {
  const fields = new FormData(form);
  const kind = fields.get('kind');
  const deed = { lesson: form.dataset.lesson, step: fields.get('step'), kind, body: { by: 'self' } };
  if (kind === 'try') return deed;
  deed.version = Number(fields.get('version')) || 0;
  deed.body = bodyOf(form);
  if (isEmpty(deed.body)) return null;
  if (kind === 'quiz') Object.assign(deed.body, { attempt: Number(fields.get('attempt')), question: fields.get('question') });
  return deed;
}

function keep(form, words) {
  form.setAttribute('aria-busy', 'true');
  say(form, 'warn', words.kept);
}

function settle(form, state, item, answer, words) {
  form.removeAttribute('aria-busy');
  if (state === 'refused') refuse(form, item.deed.id, answer, words);
  // A quiz question is closed now: its own page shows which answer is right, and leads on.
  else if (item.deed.kind === 'quiz') location.replace(`${form.action}?answered=${encodeURIComponent(item.deed.body.question)}`);
  else show(form, item, answer, words);
}

// An answer that the server will never take was mostly given on a page older than its lesson: the way on is a new one.
// One that was only mistyped is put right where it stands.
function refuse(form, id, answer, words) {
  say(form, 'err', answer.refused[id]);
  if (answer.mend.includes(id)) return;
  const again = Object.assign(document.createElement('a'), { href: location.pathname + location.search, textContent: words.again });
  form.querySelector('[role=status]').append(' ', again);
}

function show(form, item, answer, words) {
  const right = answer.right[item.deed.id];
  form.dataset.state = right === false ? 'wrong' : 'right';
  form.querySelectorAll('.answer').forEach((row) => {
    const input = row.querySelector('input');
    row.dataset.chosen = input && input.checked ? '1' : '';
  });
  const text = [answer.say[item.deed.id], words.sent].filter(Boolean).join(' ');
  const heading = right === null || right === undefined ? '' : words[right ? 'right' : 'nearly'];
  say(form, right === false ? 'wrong' : 'right', text, heading);
  if (right !== false) form.querySelectorAll('button[type=submit]').forEach((button) => { button.hidden = true; });
}

function say(form, state, text, heading = '') {
  const place = form.querySelector('[role=status]');
  place.dataset.state = state;
  place.replaceChildren();
  if (heading) place.append(Object.assign(document.createElement('strong'), { textContent: heading }), ' ');
  place.append(text);
}
