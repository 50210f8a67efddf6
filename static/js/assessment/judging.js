// The rubric page by keys, with the sum as it grows. Without script the same form works by itself.

import { verdict } from './points.js';

const form = document.querySelector('[data-rubric]');

function watch() {
  const rows = [...form.querySelectorAll('[data-row]')];
  const words = form.elements.words;
  const draw = () => drawSum(rows);
  form.querySelector('[data-keys]').hidden = false;
  form.querySelectorAll('[data-phrase]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      addPhrase(words, button.dataset.phrase);
      words.focus();
    });
  });
  form.addEventListener('change', draw);
  form.addEventListener('submit', keepFromTwice);
  form.addEventListener('focusin', (event) => goTo(rows, event.target.closest('[data-row]')));
  document.addEventListener('keydown', (event) => key(event, rows, words));
  draw();
  goTo(rows, rows.find((row) => !pointsOf(row)) || rows[0]);
}

function pointsOf(row) {
  return row.querySelector('input:checked');
}

function drawSum(rows) {
  const given = rows.map((row) => ({ points: pointsOf(row) && Number(pointsOf(row).value), must: row.dataset.must || '' }));
  const result = verdict(given, Number(form.dataset.pass));
  form.querySelector('[data-sum]').hidden = !result.whole;
  form.querySelector('[data-total]').textContent = result.total;
  form.querySelector('[data-badge=pass]').hidden = !(result.whole && result.passes);
  form.querySelector('[data-badge=fail]').hidden = !(result.whole && !result.passes);
  const warning = form.querySelector('[data-warning]');
  warning.hidden = !result.failing.length;
  warning.textContent = result.failing.length ? form.dataset.fails.replace('{rows}', result.failing.join(' · ')) : '';
  const send = result.passes ? form.dataset.send : form.dataset.sendBack;
  if (result.whole) form.querySelector('[data-send-label]').textContent = send.replace('{points}', result.total);
}

function goTo(rows, row) {
  if (!row) return;
  rows.forEach((one) => one.toggleAttribute('data-here', one === row));
}

function addPhrase(words, phrase) {
  const before = words.value.trimEnd();
  words.value = before + (before && /[a-z.,!?]$/i.test(before) ? ' ' : '') + phrase;
}

// Enter pressed twice sends once.
function keepFromTwice(event) {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = '1';
}

window.addEventListener('pageshow', () => form && delete form.dataset.sent);

let phraseComes = false;

function key(event, rows, words) {
  if (event.isComposing || event.ctrlKey && event.key !== 'Enter' || event.metaKey || event.altKey) return;
  const field = event.target.closest('textarea, select, input:not([type=radio]):not([type=checkbox])');
  if (field) return inField(event, field);
  if (event.key === 'Enter' && event.target.closest('a, button, summary')) return;
  if (/^Arrow/.test(event.key) && event.target.closest('[data-places]')) return;
  const deed = deedOf(event, rows, words);
  if (!deed) return;
  event.preventDefault();
  deed();
}

// In a field keys write. Escape leaves it; Enter with Ctrl sends.
function inField(event, field) {
  if (event.key === 'Escape') field.blur();
  if (event.key === 'Enter' && (event.ctrlKey || field.tagName === 'INPUT')) {
    event.preventDefault();
    send('send');
  }
}

function deedOf(event, rows, words) {
  const name = event.key.toLowerCase();
  const here = rows.findIndex((row) => row.hasAttribute('data-here'));
  if (/^[0-9]$/.test(name)) {
    if (phraseComes) return () => pickPhrase(Number(name));
    return () => give(rows, here, name);
  }
  phraseComes = false;
  const deeds = {
    arrowdown: () => step(rows, here + 1),
    arrowup: () => step(rows, here - 1),
    arrowright: () => nudge(rows, here, 1),
    arrowleft: () => nudge(rows, here, -1),
    enter: () => send('send'),
    b: () => send('back'),
    n: () => follow('[data-skip]'),
    u: () => follow('[data-key=u]'),
    w: () => words.focus(),
    f: () => { phraseComes = true; },
    p: () => play(),
    m: () => press('[data-remarks] [data-add]:not([hidden]), [data-remarks] [data-add-place]'),
    r: () => press('[data-record]'),
  };
  return deeds[name];
}

function give(rows, here, points) {
  const level = rows[here] && rows[here].querySelector(`input[value="${points}"]`);
  if (!level) return;
  level.checked = true;
  level.dispatchEvent(new Event('change', { bubbles: true }));
  step(rows, Math.min(here + 1, rows.length - 1));
}

function nudge(rows, here, by) {
  const levels = [...rows[here].querySelectorAll('input')];
  const now = levels.findIndex((level) => level.checked);
  const to = levels[Math.max(0, Math.min(levels.length - 1, now + by))];
  to.checked = true;
  to.dispatchEvent(new Event('change', { bubbles: true }));
}

function step(rows, to) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  goTo(rows, row);
  const level = pointsOf(row) || row.querySelector('input');
  level.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function send(deed) {
  const open = [...form.querySelectorAll('[data-row]')].find((row) => !pointsOf(row));
  if (open) {
    const warning = form.querySelector('[data-warning]');
    warning.hidden = false;
    warning.textContent = form.dataset.missing;
    return step([...form.querySelectorAll('[data-row]')], [...form.querySelectorAll('[data-row]')].indexOf(open));
  }
  form.querySelector(`button[value=${deed}]`).click();
}

// By keys the words are written without going into their field: the next key is one again.
function pickPhrase(number) {
  phraseComes = false;
  const button = form.querySelectorAll('[data-phrase]')[number - 1];
  if (button) addPhrase(form.elements.words, button.dataset.phrase);
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
}

function press(selector) {
  const button = document.querySelector(selector);
  if (button && !button.hidden) button.click();
}

function play() {
  const player = document.querySelector('.graded video, .graded audio');
  if (player && player.paused) player.play().catch(() => {});
  else if (player) player.pause();
}

if (form) watch();
