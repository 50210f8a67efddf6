// Rehearsals on their way to the server. One leaves the phone's list only when the server has its row.

import { all, drop, keep } from './keeping.js';

const SENDER = '/me/works/sender';
const NEVER = [409, 413, 422]; // what the server will not take however often it is sent

const waiting = async (person) => (await all(person)).filter((one) => one.state === 'done' && !one.number && !one.refused);

// What an address answers: {status, json}, or null where nothing that a script can read came back.
async function asked(url, facts = {}) {
  const answer = await fetch(url, { credentials: 'same-origin', ...facts, headers: { Accept: 'application/json', ...facts.headers } }).catch(() => null);
  const json = answer && (answer.headers.get('Content-Type') || '').includes('json') ? await answer.json().catch(() => null) : null;
  return json && { status: answer.status, json };
}

// Sends what waits, and what the phone had no room for. `told(session)` hears each that the server has, or will never
// take. Only the rehearsals of whoever is signed in now go off, with their session's token: a page may be older than that
// session, and what is refused for its old token is not refused for good. Throws nothing.
export async function send(person, url, told = () => {}, unkept = []) {
  const sessions = [...unkept, ...await waiting(person).catch(() => [])];
  const me = sessions.length ? await asked(SENDER) : null;
  if (!me || me.status !== 200 || String(me.json.person) !== String(person)) return;
  for (const session of sessions) {
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': me.json.token };
    const answer = await asked(url, { method: 'POST', body: JSON.stringify(session.row), headers });
    if (!answer) return;
    if (answer.status < 300) Object.assign(session, { number: answer.json.number, page: answer.json.page });
    else if (NEVER.includes(answer.status)) session.refused = answer.json.error || '…';
    else return;
    await settle(person, session);
    told(session);
  }
}

// What the server has, or will never take, and was not recorded needs no place on the phone.
async function settle(person, session) {
  if (!session.parts.length) await drop(person, session.id).catch(() => {});
  else await keep(person, session).catch(() => {});
}
