// Remarks pinned to the second at which the clip stands, or to the place of a photo that is tapped. Each is a line of the
// form; without script there are spare lines to fill in.

import { clock } from './points.js';

const box = document.querySelector('[data-remarks]');
const SVG = 'http://www.w3.org/2000/svg';

function players() {
  return [...document.querySelectorAll('.graded > [data-clip]')];
}

// The clip that was played last, or the first one.
let last = null;

function watch() {
  const list = box.querySelector('ul');
  [...list.children].filter((line) => !isFilled(line)).forEach((line) => line.remove());
  box.querySelector('[data-only-script]').hidden = false;
  box.querySelector('[data-add]').hidden = !players().length;
  [...list.children].forEach(ready);
  players().forEach((clip) => {
    const player = clip.querySelector('video, audio');
    player.addEventListener('timeupdate', () => {
      last = clip;
      box.querySelector('[data-now]').textContent = clock(player.currentTime);
    });
  });
  box.querySelector('[data-add]').addEventListener('click', () => {
    const clip = last || players()[0];
    const player = clip.querySelector('video, audio');
    add(list, clip.dataset.clip, { second: Math.round(player.currentTime * 10) / 10 });
  });
  document.querySelectorAll('.graded > [data-picture] img').forEach((image) => {
    image.addEventListener('click', (event) => {
      const frame = image.getBoundingClientRect();
      const place = { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
      add(list, image.parentNode.dataset.picture, place);
      stamp(image.parentNode.querySelector('svg'), place);
    });
  });
  document.querySelectorAll('[data-sound-only]').forEach((link) => link.addEventListener('click', soundOnly));
}

function isFilled(line) {
  return ['second', 'x', 'words'].some((name) => field(line, name).value !== '');
}

function field(line, name) {
  return line.querySelector(`[name$="-${name}"]`);
}

function add(list, piece, place) {
  const line = box.querySelector('template').content.firstElementChild.cloneNode(true);
  const taken = [...list.querySelectorAll('[name$="-piece"]')].map((one) => Number(one.name.split('-')[1]));
  const number = Math.max(-1, ...taken) + 1;
  line.querySelectorAll('[name]').forEach((one) => { one.name = one.name.replace(/^remark-\d+-/, `remark-${number}-`); });
  field(line, 'piece').value = piece;
  Object.entries(place).forEach(([name, value]) => { field(line, name).value = value; });
  list.append(line);
  box.open = true;
  ready(line);
  field(line, 'words').focus();
}

function ready(line) {
  const second = field(line, 'second').value;
  line.querySelector('[data-at-second]').hidden = second === '';
  const jump = line.querySelector('[data-jump]');
  jump.hidden = second === '';
  jump.querySelector('[data-clock]').textContent = clock(Number(second));
  jump.addEventListener('click', () => {
    const clip = document.querySelector(`[data-clip="${field(line, 'piece').value}"]`);
    if (!clip) return;
    const player = clip.querySelector('video, audio');
    player.currentTime = Number(field(line, 'second').value);
    player.play().catch(() => {});
  });
  const remove = line.querySelector('[data-remove]');
  remove.hidden = false;
  remove.addEventListener('click', () => line.remove());
}

function stamp(drawing, place) {
  const circle = document.createElementNS(SVG, 'circle');
  Object.entries({ cx: place.x * 100, cy: place.y * 100, r: 4, class: 'stamp-look' }).forEach(([name, value]) => circle.setAttribute(name, value));
  drawing.append(circle);
}

// The sound takes the clip's place, at the second where it stood: seconds count the same.
function soundOnly(event) {
  event.preventDefault();
  const player = event.currentTarget.closest('[data-clip]').querySelector('video, audio');
  const at = player.currentTime;
  player.src = event.currentTarget.href;
  player.currentTime = at;
  player.play().catch(() => {});
}

if (box) watch();
