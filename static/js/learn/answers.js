// Checks, tries and quiz questions: the form's own post, sent by the queue instead, so that a weak network loses nothing.
// What the page says is what is true: 记在手机里 until the server has the row, then 送到了 and what to think of it.

export function watchAnswers(queue, words) {
  const waiting = new Map();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('[data-answer]')) return;
    event.preventDefault();
    const deed = deedOf(form);
    if (!deed) return say(form, 'err', words.choose);
    form.setAttribute('aria-busy', 'true');
    const id = queue.add(form.dataset.answer, deed);
    waiting.set(id, form);
  });
  return (state, item, answer) => {
    const form = waiting.get(item.deed.id);
    if (!form) return;
    if (state === 'kept') return say(form, 'warn', words.kept);
    form.removeAttribute('aria-busy');
    if (state === 'refused') return say(form, 'err', answer.refused[item.deed.id]);
    show(form, item, answer, words);
  };
}

function deedOf(form) {
  const fields = new FormData(form);
  const kind = fields.get('kind');
  const deed = { lesson: form.dataset.lesson, step: fields.get('step'), kind, body: { by: 'self' } };
  if (kind === 'try') return deed;
  const chosen = fields.getAll('chosen').map(Number).sort((a, b) => a - b);
  if (!chosen.length) return null;
  deed.body = { chosen };
  if (kind === 'quiz') Object.assign(deed.body, { attempt: Number(fields.get('attempt')), question: fields.get('question') });
  return deed;
}

function show(form, item, answer, words) {
  const id = item.deed.id;
  const right = answer.right[id];
  form.dataset.state = right === false ? 'wrong' : 'right';
  form.querySelectorAll('.answer').forEach((row) => {
    const input = row.querySelector('input');
    row.dataset.chosen = input && input.checked ? '1' : '';
  });
  const text = [answer.say[id], words.sent].filter(Boolean).join(' ');
  say(form, right === false ? 'wrong' : 'right', text, right === false ? words.nearly : words.right);
  const next = form.querySelector('[data-after]');
  if (next && (right || item.deed.kind === 'quiz')) {
    next.hidden = false;
    form.querySelectorAll('button[type=submit]').forEach((button) => { button.hidden = true; });
  }
}

function say(form, state, text, heading = '') {
  const place = form.querySelector('[role=status]');
  place.dataset.state = state;
  place.replaceChildren();
  if (heading) place.append(Object.assign(document.createElement('strong'), { textContent: heading }), ' ');
  place.append(text);
}
