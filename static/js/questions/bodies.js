// What a form's question says, as the facts that the server stores (lms/catalogue/answers.py), and a form filled in again
// from facts that wait on this phone.

export function bodyOf(form) {
  const fields = new FormData(form);
  const asked = fields.get('asked') || 'choice';
  if (asked === 'number') return { number: fields.get('number').trim(), unit: Number(fields.get('unit') || 0) };
  if (asked === 'text') return { words: fields.get('words').trim() };
  if (asked === 'order' || asked === 'match') return { chosen: placed(fields, asked) };
  return { chosen: fields.getAll('chosen').map(Number).sort((a, b) => a - b) };
}

// Nothing when all was left blank; -1, which is no position, where two have one place or one has none.
export function placed(fields, asked) {
  const given = [...fields.entries()].filter(([name]) => /^at-\d+$/.test(name)).map(([name, text]) => [Number(name.slice(3)), text])
    .sort((a, b) => a[0] - b[0]);
  if (given.every(([, text]) => text === '')) return [];
  const figures = given.map(([place, text]) => [place, text === '' ? -1 : Number(text)]);
  if (asked === 'match') return figures.map(([, one]) => one);
  const items = [...figures].sort((a, b) => a[1] - b[1]);
  return items.every(([, rank], index) => rank === index + 1) ? items.map(([place]) => place) : [-1];
}

export function isEmpty(body) {
  return body.chosen ? !body.chosen.length : !(body.number || body.words);
}

export function fill(form, body) {
  const asked = (form.querySelector('[name=asked]') || {}).value || 'choice';
  const set = (name, value) => { const field = form.querySelector(`[name="${name}"]`); if (field) field.value = value; };
  if (asked === 'number' || asked === 'text') Object.entries(body).forEach(([name, value]) => set(name, value));
  else if (asked === 'match') (body.chosen || []).forEach((one, place) => set(`at-${place}`, one));
  else if (asked === 'order') (body.chosen || []).forEach((one, place) => set(`at-${one}`, place + 1));
  else form.querySelectorAll('[name=chosen]').forEach((input) => { input.checked = (body.chosen || []).includes(Number(input.value)); });
}
