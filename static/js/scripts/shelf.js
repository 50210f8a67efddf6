// Where scripts wait on this phone until the server has them: under their person's number, so that nobody else on a
// shared phone sees or sends them. {text, base, kind, goods, packs, at} by the script's own id.

const PREFIX = 'fieldcast:script:';
const keyOf = (person, id) => `${PREFIX}${person}:${id}`;

export function put(person, id, script, storage = localStorage) {
  storage.setItem(keyOf(person, id), JSON.stringify({ ...script, at: Date.now() }));
}

export function take(person, id, storage = localStorage) {
  try {
    return JSON.parse(storage.getItem(keyOf(person, id)));
  } catch {
    return null;
  }
}

export function drop(person, id, storage = localStorage) {
  storage.removeItem(keyOf(person, id));
}

// What waits for this person: [id, script], the oldest first.
export function waiting(person, storage = localStorage) {
  const mine = Object.keys(storage).filter((key) => key.startsWith(`${PREFIX}${person}:`));
  const items = mine.map((key) => key.slice(`${PREFIX}${person}:`.length)).map((id) => [id, take(person, id, storage)]);
  return items.filter(([, script]) => script && typeof script.text === 'string').sort((a, b) => a[1].at - b[1].at);
}

export const nameOf = (script) => script.goods || script.text.trim().split('\n')[0].slice(0, 20);

// Sends a script as it lies here; the server's answer, or null where there is no network or nobody signed in.
export async function send(address, token, id, script, kept = false) {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': token },
      body: JSON.stringify({ client_id: id, kept, ...script }),
    });
    const isOurs = (answer.headers.get('Content-Type') || '').includes('json');
    if (!isOurs) return { state: answer.type === 'opaqueredirect' ? 'signed_out' : 'offline' };
    return { state: { 200: 'saved', 409: 'conflict' }[answer.status] || (answer.status >= 500 ? 'offline' : 'refused'), ...(await answer.json()) };
  } catch {
    return { state: 'offline' };
  }
}

// For leaving a shared phone: what waits by name, sending it, and forgetting it.
export const leaving = {
  waiting: async (person) => waiting(person).map(([, script]) => nameOf(script)),
  send: async (person) => {
    const { token } = document.querySelector('[data-leaving]').dataset;
    for (const [id, script] of waiting(person)) {
      const answer = await send('/practice/scripts/texts', token, id, script);
      if (answer.state === 'saved') drop(person, id);
    }
  },
  wipe: async (person) => waiting(person).forEach(([id]) => drop(person, id)),
};
