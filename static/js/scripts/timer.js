// The reading-aloud timer: tap, read, tap.

import { clock, pace, verdict } from './pace.js';

export function timer(box, words, characters) {
  const button = box.querySelector('[data-start]');
  const [start, stop] = [box.querySelector('[data-start-words]'), box.querySelector('[data-stop-words]')];
  const told = box.querySelector('[data-told]');
  let began = 0;
  let ticking;
  box.hidden = false;

  const seconds = () => (performance.now() - began) / 1000;
  const draw = (running) => {
    start.hidden = running;
    stop.hidden = !running;
    button.setAttribute('aria-pressed', String(running));
  };
  button.addEventListener('click', () => {
    if (began) {
      clearInterval(ticking);
      const aMinute = pace(characters(), seconds());
      const said = aMinute === null ? '' : `${words.pace.replace('%d', aMinute)} · ${clock(seconds())}\n`;
      told.textContent = said + words[verdict(aMinute)];
      began = 0;
    } else {
      began = performance.now();
      told.textContent = clock(0);
      ticking = setInterval(() => { told.firstChild.data = clock(seconds()); }, 500);
    }
    draw(Boolean(began));
  });
}
