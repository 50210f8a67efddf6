// Photos and clips on this phone, under their owner's name; another person on a shared phone never meets them.

const STORE = 'shots';

export const nameFor = (person) => `fieldcast:shots:${person}`;

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function opened(person) {
  const request = indexedDB.open(nameFor(person), 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
  return settled(request);
}

async function work(person, mode, deed) {
  const database = await opened(person);
  try {
    const transaction = database.transaction(STORE, mode);
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const found = await settled(deed(transaction.objectStore(STORE)));
    await finished;
    return found;
  } finally {
    database.close();
  }
}

// A shot: {id, kind: photo | video, blob, takenAt (ISO), verdicts, seconds, handedIn (ISO or null), task}. Throws where
// the phone is full.
export const keep = (person, shot) => work(person, 'readwrite', (store) => store.put(shot));
export const drop = (person, id) => work(person, 'readwrite', (store) => store.delete(id));
export const find = (person, id) => work(person, 'readonly', (store) => store.get(id));

// All shots, the newest first.
export async function all(person) {
  const found = await work(person, 'readonly', (store) => store.getAll());
  return found.sort((a, b) => b.takenAt.localeCompare(a.takenAt));
}

export const wipe = (person) => settled(indexedDB.deleteDatabase(nameFor(person)));
