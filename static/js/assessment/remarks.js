// Remarks pinned to the second at which the clip stands, or to the place of a photo that is tapped. Each is a line of the
// form; without script there are spare lines to fill in.

import { clock } from './points.js';

const box = document.querySelector('[data-remarks]');
// Fields on each side of a photo, as in lms/assessment/places.py.
const SIDE = 3;
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
  const onPhoto = box.querySelector('[data-add-place]');
  if (onPhoto) onPhoto.addEventListener('click', () => onFirstPhoto(list));
  document.querySelectorAll('.graded > [data-picture] img').forEach((image) => {
    image.addEventListener('click', (event) => {
      const frame = image.getBoundingClientRect();
      const place = { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
      add(list, image.parentNode.dataset.picture, place);
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
  return line;
}

// By keys: in the middle first, then wherever the arrows lead.
function onFirstPhoto(list) {
  const photo = document.querySelector('.graded > [data-picture]');
  const line = photo && add(list, photo.dataset.picture, { x: 0.5, y: 0.5 });
  if (line) line.querySelector('[data-places] input:checked').focus();
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
  readyPlace(line);
  const remove = line.querySelector('[data-remove]');
  remove.hidden = false;
  remove.addEventListener('click', () => {
    line.remove();
    drawStamps();
  });
}

// A field of the photo that is chosen stands for its middle; a place that was tapped chooses its field.
function readyPlace(line) {
  const places = line.querySelector('[data-places]');
  if (!places) return;
  places.hidden = field(line, 'x').value === '';
  const fields = [...places.querySelectorAll('input')];
  const at = fieldOf(Number(field(line, 'x').value), Number(field(line, 'y').value));
  if (!places.hidden && fields[at]) fields[at].checked = true;
  places.addEventListener('change', () => {
    const chosen = fields.findIndex((one) => one.checked);
    field(line, 'x').value = (chosen % SIDE + 0.5) / SIDE;
    field(line, 'y').value = (Math.floor(chosen / SIDE) + 0.5) / SIDE;
    drawStamps();
  });
  line.addEventListener('change', drawStamps);
  drawStamps();
}

function fieldOf(x, y) {
  const part = (side) => Math.min(SIDE - 1, Math.floor(side * SIDE));
  return part(y) * SIDE + part(x);
}

// Each photo shows the stamps of the lines as they stand.
function drawStamps() {
  document.querySelectorAll('.graded > [data-picture]').forEach((photo) => {
    const lines = [...box.querySelectorAll('ul > [data-remark]')].filter((line) => field(line, 'piece').value === photo.dataset.picture);
    photo.querySelector('svg').replaceChildren(...lines.filter((line) => field(line, 'x').value !== '').map(circle));
  });
}

function circle(line) {
  const drawn = document.createElementNS(SVG, 'circle');
  const facts = { cx: `${field(line, 'x').value * 100}%`, cy: `${field(line, 'y').value * 100}%`, r: 18, class: `stamp-${field(line, 'stamp').value}` };
  Object.entries(facts).forEach(([name, value]) => drawn.setAttribute(name, value));
  return drawn;
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
