// Which mishaps come when. Drawn before the room opens, so nothing that the host does moves them.

import { Bag } from './chance.js';

const FIRST = 20; // seconds before the first

// [{name, at}] for a rehearsal of so many seconds; each ends before the room does. On level 5 the wrong price comes first.
export function schedule(chance, { every, kinds }, seconds, bank) {
  const count = Math.floor(seconds / every) || (every <= 60 && seconds >= FIRST + 40 ? 1 : 0);
  const bag = new Bag(chance, kinds);
  const names = Array.from({ length: count }, () => bag.draw());
  const price = names.indexOf('price');
  if (every <= 60 && price > 0) [names[0], names[price]] = [names[price], names[0]];
  const slot = (seconds - FIRST) / Math.max(count, 1);
  return names.map((name, at) => {
    const latest = seconds - bank[name].due - 2;
    const begin = FIRST + slot * (at + chance.between(0.1, 0.6));
    return { name, at: Math.round(4 * Math.max(FIRST / 2, Math.min(begin, latest))) / 4 };
  });
}
