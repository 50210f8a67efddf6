// Photos and clips on this phone, under their owner's name; another person on a shared phone never meets them.

import { keeping } from '../base/keeping.js';

const STORE = 'shots';

export const nameFor = (person) => `fieldcast:shots:${person}`;

const { work, wipe } = keeping(nameFor, { [STORE]: { keyPath: 'id' } });

export { wipe };

// A shot: {id, kind: photo | video, blob, takenAt (ISO), verdicts, seconds, handedIn (ISO or null), task}. Throws where
// the phone is full.
export const keep = (person, shot) => work(person, 'readwrite', (store) => store(STORE).put(shot));
export const drop = (person, id) => work(person, 'readwrite', (store) => store(STORE).delete(id));
export const find = (person, id) => work(person, 'readonly', (store) => store(STORE).get(id));

// All shots, the newest first.
export async function all(person) {
  const found = await work(person, 'readonly', (store) => store(STORE).getAll());
  return found.sort((a, b) => b.takenAt.localeCompare(a.takenAt));
}
