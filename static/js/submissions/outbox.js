// The outbox: a work that is handed in stays here until the server has all of it. It is sent from whichever page of ours
// is open; one tab sends at a time. What the server refuses stays too, with the reason, until its person decides.
//
// Every window hears `fieldcast-outbox` with {id, person, state, sent, size, title, page, why}; state: sending, waits,
// sent, refused, signed out. What one tab tells, the others hear.

import { newId } from '../learn/queue.js';
import { forgetDraft } from './drafts.js';
import { forget, items, keep } from './store.js';
import { Stopped, begin, end, firstPace, send } from './tus.js';

const FIRST_RETRY = 1000;
const LAST_RETRY = 30000;
const unkept = [];
const pace = firstPace();
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('fieldcast-outbox') : null;
let me = null;
let busy = false;
let pause = 0;
let timer;

// Keeps a work and begins to send it. `draft`: the key of the words that are no draft any more once it has arrived.
// `kept` in what it gives back: whether it would outlive this page.
export async function handIn({ person, action, page, title, task, fields, pieces, draft = '' }) {
  const item = { id: newId(), person: String(person), action, page, title, task, fields, pieces, draft, at: new Date().toISOString() };
  let kept = true;
  try {
    await keep(item);
  } catch {
    unkept.push(item);
    kept = false;
  }
  flush();
  return { id: item.id, kept };
}

const sizeOf = (item) => item.pieces.reduce((sum, piece) => sum + (piece.blob ? piece.blob.size : 0), 0);

const dispatch = (detail) => dispatchEvent(new CustomEvent('fieldcast-outbox', { detail }));
if (tabs) tabs.addEventListener('message', ({ data }) => dispatch(data));

const newsOf = (item, state, sent = 0, why = '') => ({ id: item.id, person: item.person, state, sent, size: sizeOf(item), title: item.title, page: item.page, why });

function tell(...facts) {
  const news = newsOf(...facts);
  dispatch(news);
  if (tabs) tabs.postMessage(news);
}

// Says of what waits that it does, to this window alone: another tab may be sending it, and tells more.
export async function show(person) {
  (await waiting(person)).filter((item) => !item.why).forEach((item) => dispatch(newsOf(item, 'waits', item.sent)));
}

// What waits for this person, as the pages list it.
export const waiting = async (person) => [...await items(person), ...unkept.filter((item) => item.person === String(person))];

export async function drop(id, person) {
  const item = (await waiting(person)).find((one) => one.id === id);
  if (!item) return;
  await settle(item);
  // What came of it already is of no use to the server either.
  if (me) item.pieces.filter((piece) => piece.address).forEach((piece) => end(piece.address, me.token).catch(() => {}));
}

async function settle(item) {
  const at = unkept.indexOf(item);
  if (at >= 0) unkept.splice(at, 1);
  else await forget(item);
}

// Sends what waits; `again` gives what was refused another chance. Another tab that sends already is left to it.
export async function flush(again = false) {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  const work = () => sendAll(again);
  try {
    if (navigator.locks) await navigator.locks.request('fieldcast-outbox', { ifAvailable: true }, (lock) => (lock ? work() : later()));
    else await work();
  } catch (stop) {
    if (stop.kind === 'signed out') me = null;
    else later();
  } finally {
    busy = false;
  }
}

function later() {
  pause = Math.min(LAST_RETRY, (pause || FIRST_RETRY / 2) * 2);
  timer = setTimeout(() => flush(), pause);
}

// Who is signed in now: only their works go off, and only with their session's token.
async function asked() {
  const answer = await fetch('/me/works/sender', { credentials: 'same-origin', headers: { Accept: 'application/json' } });
  if (!answer.ok || !(answer.headers.get('Content-Type') || '').includes('json')) throw new Stopped(answer.ok ? 'signed out' : 'link');
  return answer.json();
}

async function sendAll(again) {
  try {
    me = await asked();
  } catch (stop) {
    throw stop instanceof Stopped ? stop : new Stopped('link');
  }
  for (const item of await waiting(me.person)) {
    if (item.why && !again) tell(item, 'refused', 0, item.why);
    else await sendOne(item);
  }
}

async function sendOne(item) {
  try {
    await sendBySession(item);
    pause = 0;
  } catch (stop) {
    const kind = stop.kind || 'link';
    tell(item, kind === 'refused' ? 'refused' : kind === 'signed out' ? 'signed out' : 'waits', item.sent || 0, stop.message);
    if (kind !== 'refused') throw stop.kind ? stop : new Stopped('link');
    item.why = stop.message || '…';
    await kept(item);
  }
}

async function kept(item) {
  if (!unkept.includes(item)) await keep(item);
}

// Whoever signed out and in again has another token since: what the old one brought back is no refusal.
async function sendBySession(item) {
  const { token } = me;
  try {
    await sendWhole(item);
  } catch (stop) {
    if (stop.kind !== 'refused') throw stop;
    me = await asked();
    if (String(me.person) !== item.person) throw new Stopped('signed out');
    if (me.token === token) throw stop;
    await sendWhole(item);
  }
}

// Files that came whole are not asked for again: if only the answer was lost, the server has the work, and has let go of
// its uploads. It says when it wants them after all.
async function sendWhole(item) {
  await sendFiles(item);
  let answer;
  try {
    answer = await post(item);
  } catch (stop) {
    if (stop.kind !== 'unknown') throw stop;
    item.pieces.forEach((piece) => { piece.done = false; });
    await sendFiles(item);
    answer = await post(item).catch((last) => { throw last.kind === 'unknown' ? new Stopped('refused', last.message) : last; });
  }
  await settle(item);
  if (item.draft) forgetDraft(item.draft);
  tell({ ...item, page: answer.page || item.page }, 'sent', sizeOf(item));
}

async function sendFiles(item) {
  const files = item.pieces.filter((piece) => piece.blob);
  for (const piece of files.filter((one) => !one.done)) {
    const before = files.slice(0, files.indexOf(piece)).reduce((sum, one) => sum + one.blob.size, 0);
    await sendFile(item, piece, (bytes) => { item.sent = before + bytes; tell(item, 'sending', item.sent); });
    piece.done = true;
    await kept(item);
  }
}

async function sendFile(item, piece, moved) {
  for (;;) {
    if (!piece.address) {
      piece.address = await begin(piece.blob.size, { filename: piece.name, filetype: piece.blob.type, for: item.task }, me.token);
      await kept(item);
    }
    try {
      await send(piece.blob, piece.address, me.token, pace, moved);
      return;
    } catch (stop) {
      if (stop.kind === 'gone') piece.address = '';
      else if (stop.kind !== 'behind') throw stop;
    }
  }
}

async function post(item) {
  const form = new FormData();
  Object.keys(item.fields).forEach((name) => form.append(name, item.fields[name]));
  form.append('event', item.id);
  form.append('at', item.at);
  item.pieces.forEach((piece, n) => {
    const facts = { kind: piece.kind, name: piece.name, text: piece.text, upload: (piece.address || '').split('/').pop() };
    Object.keys(facts).filter((name) => facts[name]).forEach((name) => form.append(`piece-${n}-${name}`, facts[name]));
    if (piece.verdicts) form.append(`piece-${n}-verdicts`, JSON.stringify(piece.verdicts));
  });
  const headers = { Accept: 'application/json', 'X-CSRF-Token': me.token };
  const answer = await fetch(item.action, { method: 'POST', credentials: 'same-origin', headers, body: form });
  const told = (answer.headers.get('Content-Type') || '').includes('json') ? await answer.json() : null;
  if (answer.ok && told) return told;
  if (answer.ok || answer.status === 401) throw new Stopped('signed out');
  if (answer.status >= 500 || answer.status === 429) throw new Stopped('link');
  const unknown = answer.status === 404 || answer.status === 409;
  throw new Stopped(unknown ? 'unknown' : 'refused', told ? told.error : '');
}

addEventListener('online', () => { pause = 0; flush(); });

// For leaving a shared phone: what waits by name, sending it, and forgetting it.
export const leaving = {
  waiting: async (person) => (await waiting(person)).map((item) => item.title),
  send: () => flush(true),
  wipe: async (person) => { for (const item of await waiting(person)) await settle(item); },
};
