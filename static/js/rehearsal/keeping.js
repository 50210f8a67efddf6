// Rehearsals on this phone, under their person's number: what was measured until the server has it, and the recording in
// the pieces in which it came, so that a crash costs the last two seconds and no more.

import { keeping } from '../base/keeping.js';

const SESSIONS = 'sessions';
const CHUNKS = 'chunks';

export const nameFor = (person) => `fieldcast:rehearsal:${person}`;

const { work, wipe } = keeping(nameFor, { [SESSIONS]: { keyPath: 'id' }, [CHUNKS]: { keyPath: ['session', 'part', 'number'] } });

export { wipe };

const chunksOf = (session, part) => (part === undefined
  ? IDBKeyRange.bound([session], [session, []])
  : IDBKeyRange.bound([session, part], [session, part, []]));

// A session: {id, at, level, seed, goods, …, state: running | done, seconds, parts: [{mime, kind, from}], row, number}.
// Throws where the phone is full.
export const keep = (person, session) => work(person, 'readwrite', (store) => store(SESSIONS).put(session));
export const find = (person, id) => work(person, 'readonly', (store) => store(SESSIONS).get(id));
export const keepChunk = (person, session, part, number, blob) => work(person, 'readwrite', (store) => store(CHUNKS).put({ session, part, number, blob }));

// All sessions, the newest first.
export async function all(person) {
  const found = await work(person, 'readonly', (store) => store(SESSIONS).getAll());
  return found.sort((a, b) => b.at.localeCompare(a.at));
}

// A part of a recording, whole; null when there is none.
export async function recording(person, session, part, mime) {
  const chunks = await work(person, 'readonly', (store) => store(CHUNKS).getAll(chunksOf(session, part)));
  return chunks.length ? new Blob(chunks.map((one) => one.blob), { type: mime.split(';')[0] }) : null;
}

export async function dropRecording(person, session) {
  await work(person, 'readwrite', (store) => store(CHUNKS).delete(chunksOf(session)));
}

export async function drop(person, session) {
  await dropRecording(person, session);
  await work(person, 'readwrite', (store) => store(SESSIONS).delete(session));
}
