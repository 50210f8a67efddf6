// The line of a rehearsal: how much was spoken in each five seconds, and a mark for every moment. Drawn in units of a
// 300 × 44 picture.

const WIDE = 300;
const GROUND = 28;
const STEP = 5; // seconds a digit stands for
const MARKS = { trap: 'mark-trap', event: 'mark-event', correct: 'mark-good', call: 'mark-good', order: 'mark-order', silence: 'mark-bad' };

function drawn(name, facts) {
  const one = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(facts).forEach(([key, value]) => one.setAttribute(key, value));
  return one;
}

const markOf = ({ kind, state }) => (state === 'left' || state === 'missed' ? 'mark-bad' : MARKS[kind] || 'mark-plain');

// `go(second)` hears a tap.
export function draw(svg, { voice, moments, seconds }, go) {
  const x = (second) => (WIDE * Math.min(second, seconds)) / seconds;
  const bars = [...voice].map((digit, at) => drawn('rect', {
    x: x(at * STEP), width: Math.max(0.5, x((at + 1) * STEP) - x(at * STEP) - 0.4), class: digit === '-' ? 'unheard' : 'voice',
    y: digit === '-' ? GROUND - 1 : GROUND - Math.max(1, Number(digit) * 2.8), height: digit === '-' ? 1 : Math.max(1, Number(digit) * 2.8),
  }));
  const marks = moments.map((one) => drawn('rect', { x: Math.max(0, x(one.at) - 0.7), y: GROUND + 3, width: 1.4, height: 12, class: markOf(one) }));
  svg.replaceChildren(...bars, ...marks);
  svg.removeAttribute('hidden');
  svg.onclick = (event) => {
    const box = svg.getBoundingClientRect();
    go((seconds * (event.clientX - box.left)) / box.width);
  };
}
