// For leaving a shared phone: rehearsals that the server does not have yet, and recordings that nobody else has, are
// named, and gone afterwards.

import { all, wipe } from './keeping.js';
import { send } from './sending.js';

const dayOf = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, {
  month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit',
});

// Without a number the server has no row of it; with parts there is a recording.
const matters = (one) => !one.number || (one.parts.length && !one.handedIn);
const whereOf = (one, words) => (one.number || one.state === 'running' ? words.shots.here_only : words.not_sent);

export const leaving = {
  waiting: async (person, words) => (await all(person).catch(() => [])).filter(matters)
    .map((one) => `${words.rehearsal} ${dayOf(one.at)} · ${whereOf(one, words)}`),
  // A recording goes only by being handed in: of that nothing is sent from here.
  sendable: async (person) => (await all(person).catch(() => [])).filter((one) => !one.number && one.state !== 'running').length,
  send: (person) => send(person, document.querySelector('[data-leaving]').dataset.rehearsals),
  wipe,
};
