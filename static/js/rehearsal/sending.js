// Rehearsals on their way to the server. One leaves the phone's list only when the server has its row.

import { all, drop, keep } from './keeping.js';

export const waiting = async (person) => (await all(person)).filter((one) => one.state === 'done' && !one.number && !one.refused);

// Sends what waits. `told(session)` hears each that the server has, or will never take. Throws nothing.
export async function send(person, { token, url }, told = () => {}) {
  for (const session of await waiting(person).catch(() => [])) {
    const answer = await fetch(url, {
      method: 'POST', credentials: 'same-origin', body: JSON.stringify(session.row),
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': token },
    }).catch(() => null);
    const json = answer && (answer.headers.get('Content-Type') || '').includes('json') ? await answer.json().catch(() => null) : null;
    if (!json || answer.status >= 500 || answer.status === 429) return;
    if (answer.ok) Object.assign(session, { number: json.number, page: json.page });
    else session.refused = json.error || '…';
    await settle(person, session);
    told(session);
  }
}

// What the server has, or will never take, and was not recorded needs no place on the phone.
async function settle(person, session) {
  if (!session.parts.length) await drop(person, session.id).catch(() => {});
  else await keep(person, session).catch(() => {});
}
