// Where works wait on this phone: IndexedDB, each under its person's number. A flag in localStorage lets every page know
// at once whether anything waits, without opening the database.

const NAME = 'fieldcast-outbox';
const FLAG = 'fieldcast:outbox:';

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('items', { keyPath: 'id' }).createIndex('person', 'person');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error('blocked'));
  });
}

async function inStore(mode, deed) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction('items', mode);
      const asked = deed(transaction.objectStore('items'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error || new Error('full'));
    });
  } finally {
    database.close();
  }
}

export const people = () => Object.keys(localStorage).filter((key) => key.startsWith(FLAG)).map((key) => key.slice(FLAG.length));

export async function items(person) {
  try {
    const found = await inStore('readonly', (store) => store.index('person').getAll(String(person)));
    return found.sort((a, b) => a.at.localeCompare(b.at));
  } catch {
    return [];
  }
}

export async function keep(item) {
  await inStore('readwrite', (store) => store.put(item));
  localStorage.setItem(FLAG + item.person, '1');
}

export async function forget(item) {
  await inStore('readwrite', (store) => store.delete(item.id));
  if (!(await items(item.person)).length) localStorage.removeItem(FLAG + item.person);
}
