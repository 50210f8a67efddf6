// Words that are written on a task's page and not handed in yet stay on this phone, under their person's number. With
// all that is kept for them they go when that person signs out (learn/leaving.js).

const PREFIX = 'fieldcast:draft:';

export const keyOf = (person, task) => `${PREFIX}${person}:${task}`;

// Fills the form's empty fields with what was kept, and keeps what is written from now on.
export function keepDraft(form, names, key, title) {
  const fields = names.map((name) => form.elements[name]).filter(Boolean);
  const before = read(key);
  fields.filter((field) => !field.value && before[field.name]).forEach((field) => {
    field.value = before[field.name];
    const folded = field.closest('details');
    if (folded) folded.open = true;
  });
  form.addEventListener('input', (event) => {
    if (!fields.includes(event.target)) return;
    const words = Object.fromEntries(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value]));
    try {
      if (Object.keys(words).length) localStorage.setItem(key, JSON.stringify({ ...words, title }));
      else forgetDraft(key);
    } catch {
      // This phone is full, or keeps nothing: the words stand on the page alone.
    }
  });
}

export function forgetDraft(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    return {};
  }
}

// For leaving a shared phone: what was begun, by name, and forgetting it. Only its person can hand it in.
const mine = (person) => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${person}:`));
export const leaving = {
  waiting: async (person) => mine(person).map((key) => read(key).title),
  wipe: async (person) => mine(person).forEach(forgetDraft),
};
