// The five rooms. `base`: viewers of a host whom nobody stays for; a good one keeps them up to three times as long, `most`
// at most. `events`: seconds from one mishap to the next, and which there are; `shares`: what is said more often here.

const CALM = ['phone', 'neighbour', 'rain'];
const TRADE = [...CALM, 'stock', 'price', 'network'];
const ALL = ['price', 'trolls', 'minor', 'power', 'complaint', 'network', 'stock', 'phone', 'neighbour', 'rain'];

export const LEVELS = {
  1: { base: 1, most: 3, begin: 0, events: { every: 300, kinds: CALM } },
  2: { base: 5, most: 10, begin: 5, events: { every: 240, kinds: CALM } },
  3: { base: 20, most: 50, begin: 20, events: { every: 180, kinds: TRADE } },
  4: { base: 150, most: 300, begin: 180, events: { every: 150, kinds: TRADE } },
  5: { base: 40, most: 100, begin: 60, events: { every: 45, kinds: ALL }, shares: { trap: 14, troll: 10 } },
};
