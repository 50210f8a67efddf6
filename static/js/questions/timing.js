// A moment of a clip: one button marks the second that plays. Kind moment keeps the last mark, kind tap all of one playing
// through. Without script the same answers are chosen from a list of seconds.

import { clock, during, tapped } from './places.js';

export function timing(fieldset, words) {
  const many = fieldset.dataset.ask === 'tap';
  const inputs = [...fieldset.querySelectorAll('[name=chosen]')];
  const options = inputs.filter((input) => input.dataset.place)
    .map((input) => ({ value: Number(input.value), figures: input.dataset.place.split(' ').map(Number) }));
  const list = fieldset.querySelector('[data-listed]');
  list.open = false;
  const row = Object.assign(document.createElement('p'), { className: 'marking' });
  const press = Object.assign(document.createElement('button'), { type: 'button', className: 'button button-second', textContent: words.now });
  const again = Object.assign(document.createElement('button'), { type: 'button', className: 'again', textContent: words.again, hidden: true });
  const told = Object.assign(document.createElement('p'), { className: 'soft', textContent: words.play });
  told.setAttribute('aria-live', 'polite');
  row.append(press, again);
  list.before(row, told);
  let seconds = [];
  press.addEventListener('click', () => {
    const player = fieldset.querySelector('video, audio');
    if (!player || !(player.currentTime > 0)) {
      told.textContent = words.play;
      return;
    }
    seconds = many ? [...seconds, player.currentTime] : [player.currentTime];
    draw();
  });
  again.addEventListener('click', () => { seconds = []; draw(); });
  list.addEventListener('change', () => { seconds = []; extras(fieldset, [], options.length); told.textContent = ''; });

  function draw() {
    const chosen = many ? tapped(options, seconds, options.length) : seconds.map((second) => during(options, second, options.length));
    inputs.forEach((input) => { input.checked = chosen.includes(Number(input.value)); });
    if (many) extras(fieldset, chosen.filter((one) => one === options.length), options.length);
    told.textContent = seconds.length ? words.at.replace('{t}', seconds.map(clock).join(' · ')) : words.play;
    again.hidden = !(many && seconds.length);
  }
}

// Taps at no listed moment are sent too: each is a false alarm.
function extras(fieldset, found, value) {
  fieldset.querySelectorAll('[data-extra]').forEach((input) => input.remove());
  found.forEach(() => {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'chosen', value });
    input.dataset.extra = '1';
    fieldset.append(input);
  });
}
