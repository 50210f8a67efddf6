// Pure: which answer lies at a point of a picture or a second of a clip. `options`: [{value, figures}] in their order.

// `x`, `y` in percent from the upper left corner, `ratio` the picture's height by its width. The first one that holds
// the point; `elsewhere` where none does. Figures: x, y, width, height, radius; a circle about x, y where it has one.
export function at(options, x, y, ratio, elsewhere) {
  const found = options.find(({ figures: [left, top, width, height, radius] }) => (radius
    ? Math.hypot(x - left, (y - top) * ratio) <= radius
    : x >= left && x <= left + width && y >= top && y <= top + height));
  return found ? found.value : elsewhere;
}

// The one in whose span a second lies; people press a little late, so a span is heard half a second longer.
export const LATE = 0.5;

export function during(options, second, elsewhere) {
  const inside = options.find(({ figures: [from, to] }) => second >= from && second <= to);
  const late = inside || options.find(({ figures: [from, to] }) => second >= from && second <= to + LATE);
  return late ? late.value : elsewhere;
}

// All taps of a clip as positions: each span once, each tap outside once, those within a second and a half together.
export function tapped(options, seconds, elsewhere) {
  const chosen = [];
  let before = -Infinity;
  [...seconds].sort((a, b) => a - b).forEach((second) => {
    const value = during(options, second, elsewhere);
    if (value !== elsewhere && !chosen.includes(value)) chosen.push(value);
    if (value === elsewhere && second - before > 1.5) chosen.push(value);
    if (value === elsewhere) before = second;
  });
  return chosen.sort((a, b) => a - b);
}

export function clock(second) {
  return `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, '0')}`;
}
