// A place in a picture: a tap chooses the answer that lies there, and a mark shows where it was. With the keyboard, and
// for whoever cannot see the picture, the list below holds the same answers in words.

import { at } from './places.js';

export function pointing(fieldset, words) {
  const picture = fieldset.querySelector('[data-picture]');
  const inputs = [...fieldset.querySelectorAll('[name=chosen]')];
  const options = inputs.filter((input) => input.dataset.place)
    .map((input) => ({ value: input.value, figures: input.dataset.place.split(' ').map(Number) }));
  const elsewhere = inputs.find((input) => !input.dataset.place);
  const list = fieldset.querySelector('[data-listed]');
  list.open = false;
  const told = Object.assign(document.createElement('p'), { className: 'soft', textContent: words.look });
  told.setAttribute('aria-live', 'polite');
  picture.after(told);
  picture.addEventListener('click', (event) => {
    const box = picture.getBoundingClientRect();
    const [x, y] = [100 * (event.clientX - box.left) / box.width, 100 * (event.clientY - box.top) / box.height];
    const value = at(options, x, y, box.height / box.width, elsewhere.value);
    const input = inputs.find((one) => one.value === value);
    input.checked = input.type === 'radio' || !input.checked;
    mark(picture, x, y, input, inputs);
    told.textContent = words.marked;
  });
  list.addEventListener('change', () => picture.querySelectorAll('.spot').forEach((spot) => spot.remove()));
}

// One mark where one place is asked for; where several are, one for each answer that is chosen.
function mark(picture, x, y, input, inputs) {
  picture.querySelectorAll('.spot').forEach((spot) => {
    const its = inputs.find((one) => one.value === spot.dataset.value);
    if (input.type === 'radio' || its === input || !its.checked) spot.remove();
  });
  if (!input.checked) return;
  const spot = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  spot.setAttribute('viewBox', '0 0 20 20');
  spot.setAttribute('class', 'spot');
  spot.setAttribute('aria-hidden', 'true');
  spot.dataset.value = input.value;
  Object.assign(spot.style, { left: `${x}%`, top: `${y}%` });
  spot.innerHTML = '<circle cx="10" cy="10" r="7.5"/><path d="M10 0v20M0 10h20"/>';
  picture.append(spot);
}
