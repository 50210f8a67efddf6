// Things to put in order: two buttons each move one up and down. The selects behind them hold what is sent.

export function ordering(fieldset, words) {
  const list = fieldset.querySelector('[data-items]');
  const told = document.createElement('p');
  told.className = 'only-heard';
  told.setAttribute('aria-live', 'polite');
  list.after(told);
  [...list.children].forEach((item) => {
    item.querySelector('select').hidden = true;
    const name = item.querySelector('label').textContent.trim();
    const buttons = document.createElement('span');
    buttons.className = 'moves';
    buttons.append(mover(item, -1, `${words.up}: ${name}`), mover(item, 1, `${words.down}: ${name}`));
    item.append(buttons);
  });
  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]');
    if (!button) return;
    const item = button.closest('[data-item]');
    move(item, Number(button.dataset.move));
    number(list);
    button.focus();
    told.textContent = words.moved.replace('{n}', [...list.children].indexOf(item) + 1);
  });
  // What was answered before and waits on this phone stands in the selects already.
  const ranks = [...list.querySelectorAll('select')].map((select) => Number(select.value));
  if (ranks.every((rank) => rank)) [...list.children].sort((a, b) => rankOf(a) - rankOf(b)).forEach((item) => list.append(item));
  number(list);
}

function rankOf(item) {
  return Number(item.querySelector('select').value);
}

function mover(item, by, label) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: by < 0 ? '↑' : '↓' });
  button.setAttribute('aria-label', label);
  button.dataset.move = by;
  return button;
}

function move(item, by) {
  if (by < 0 && item.previousElementSibling) item.previousElementSibling.before(item);
  if (by > 0 && item.nextElementSibling) item.nextElementSibling.after(item);
}

function number(list) {
  [...list.children].forEach((item, index) => {
    item.querySelector('select').value = index + 1;
    item.dataset.rank = index + 1;
  });
}
