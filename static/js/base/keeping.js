// A database on this phone for each person, so that on a shared phone nobody meets what another keeps. It is opened for one
// deed at a time; a deed throws where the phone is full.

export function keeping(nameFor, stores) {
  async function work(person, mode, deed) {
    const database = await opened(nameFor(person), stores);
    try {
      const transaction = database.transaction(Object.keys(stores), mode);
      const finished = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error || new Error('full'));
      });
      const found = await settled(deed((name) => transaction.objectStore(name)));
      await finished;
      return found;
    } finally {
      database.close();
    }
  }
  return { work, wipe: (person) => settled(indexedDB.deleteDatabase(nameFor(person))) };
}

function opened(name, stores) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => Object.entries(stores).forEach(([store, options]) => request.result.createObjectStore(store, options));
  return settled(request);
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
