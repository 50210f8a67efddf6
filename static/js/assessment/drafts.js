// Judgements that were begun on this machine and that the server does not have yet: one an entry, under their judge's
// number, so that somebody else at the same computer neither sees nor sends them. Without the page.

const PREFIX = 'fieldcast:judging:';
const keyOf = (person, work) => `${PREFIX}${person}:${work}`;

// {name, at, fields: {points, words, remarks}, spoken: {sound: a data address, seconds} or null, sent: whether it was sent
// at last, given: the judgement that it is to replace, or ''}, or null.
export function take(person, work, storage = localStorage) {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(person, work)));
    return kept && kept.fields && typeof kept.fields.words === 'string' ? kept : null;
  } catch {
    return null;
  }
}

// False where the browser is full or keeps nothing; what is written goes before what is spoken.
export function put(person, work, draft, storage = localStorage) {
  try {
    storage.setItem(keyOf(person, work), JSON.stringify({ ...draft, at: Date.now() }));
    return true;
  } catch {
    return draft.spoken ? put(person, work, { ...draft, spoken: null }, storage) : false;
  }
}

export function drop(person, work, storage = localStorage) {
  storage.removeItem(keyOf(person, work));
}

// Whether two forms say the same.
export function isSame(one, other) {
  const told = (fields) => JSON.stringify([fields.points, fields.words.trim(), fields.remarks]);
  return told(one) === told(other);
}

function works(person, storage) {
  const start = `${PREFIX}${person}:`;
  return Object.keys(storage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}

// For leaving a shared machine: what was not sent, by name, and forgetting it. Sending it takes its judge.
export const leaving = {
  waiting: async (person, words) => works(person, localStorage).map((work) => take(person, work)).filter(Boolean)
    .map((draft) => `${draft.name} · ${words.not_sent}`),
  wipe: async (person) => works(person, localStorage).forEach((work) => drop(person, work)),
};
