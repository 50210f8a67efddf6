// Sentences that were spoken and that the server does not have yet: kept on this phone under their speaker, because a
// second time one never says it as well. {id, to, track, sentence, blob, at}; a sentence said again takes the place of
// how it was said before.

import { keeping } from '../base/keeping.js';

const STORE = 'takes';
const { work, wipe } = keeping((person) => `fieldcast:takes:${person}`, { [STORE]: { keyPath: 'id' } });

export const idOf = ({ to, track, sentence }) => [to, track, sentence].join(' ');
export const keep = (person, take) => work(person, 'readwrite', (store) => store(STORE).put({ ...take, id: idOf(take) }));

// What waits, the oldest first.
export async function waiting(person) {
  const found = await work(person, 'readonly', (store) => store(STORE).getAll());
  return found.sort((a, b) => a.at - b.at);
}

// Forget what the server has, unless it was said anew while it was on its way.
export async function drop(person, take) {
  const now = await work(person, 'readonly', (store) => store(STORE).get(idOf(take)));
  if (now && now.at === take.at) await work(person, 'readwrite', (store) => store(STORE).delete(idOf(take)));
}

export { wipe };
