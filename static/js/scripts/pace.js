// How fast somebody reads aloud, in characters a minute. Comfortable Mandarin is 220 to 280; no page is touched here.

export const LEAST = 220;
export const MOST = 280;
export const SHORTEST = 5; // seconds that say anything

export function pace(characters, seconds) {
  return seconds < SHORTEST ? null : Math.round((characters / seconds) * 60);
}

export function verdict(aMinute) {
  if (aMinute === null) return 'short';
  if (aMinute < LEAST) return 'slow';
  return aMinute > MOST ? 'fast' : 'right';
}

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
