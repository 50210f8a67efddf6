// Why there is no camera, in words and with a drawing, and what to do; the way by file is always there.

const DRAWN = { refused: 'refused', busy: 'refused', embedded: 'embedded' };

export function trouble(root, why) {
  const box = root.querySelector('[data-trouble]');
  root.querySelector('[data-start]').hidden = true;
  box.querySelectorAll('[data-trouble-for]').forEach((one) => { one.hidden = one.dataset.troubleFor !== why; });
  box.querySelectorAll('[data-drawing]').forEach((one) => one.toggleAttribute('hidden', one.dataset.drawing !== DRAWN[why]));
  const title = box.querySelector('[data-trouble-title]');
  title.textContent = box.querySelector(`[data-trouble-for=${why}]`).dataset.title;
  box.hidden = false;
  title.focus();
}

export function noTrouble(root) {
  root.querySelector('[data-trouble]').hidden = true;
  root.querySelector('[data-start]').hidden = true;
}
