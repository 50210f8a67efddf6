// Putting lawful words in the place of found ones. The server counts whole characters, a browser's strings do not:
// an emoji is two of their units. No page is touched here.

// The pieces of a rewrite with the seller's facts between them, or null while one is missing.
export function filled(pieces, facts) {
  if (facts.some((fact) => !fact.trim())) return null;
  return pieces.map((piece, place) => (place ? facts[place - 1].trim() : '') + piece).join('');
}

// The text with `words` from `start` to `end` replaced. When the text has moved on since it was looked at, the nearest
// same words are taken; null when they are gone.
export function swapped(text, start, end, words, instead) {
  const characters = Array.from(text);
  if (characters.slice(start, end).join('') === words) {
    return characters.slice(0, start).join('') + instead + characters.slice(end).join('');
  }
  const near = nearest(text, words, characters.slice(0, start).join('').length);
  return near < 0 ? null : text.slice(0, near) + instead + text.slice(near + words.length);
}

function nearest(text, words, wanted) {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - wanted) < Math.abs(best - wanted)) best = at;
  }
  return best;
}

