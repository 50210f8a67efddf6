// For leaving a shared phone: photos and clips that nobody else has are named, and gone afterwards.

import { momentOf } from './album.js';
import { all, wipe } from './keeping.js';

const named = (shot, words) => `${words.shots[shot.kind]} ${momentOf(shot.takenAt)} · ${words.shots.here_only}`;

// Nothing here goes off by itself: a shot is sent when its person hands it in.
export const leaving = {
  waiting: async (person, words) => (await all(person).catch(() => [])).filter((shot) => !shot.handedIn).map((shot) => named(shot, words)),
  wipe,
};
