// The order of lessons by hand. The two buttons of each lesson do the same without this.

const list = document.querySelector('[data-order]');
const said = document.querySelector('[data-order-said]');

const order = () => [...list.querySelectorAll('[data-lesson]')].map((row) => row.dataset.lesson).join();

function number() {
  const rows = [...list.querySelectorAll('[data-lesson]')];
  rows.forEach((row, n) => {
    row.querySelector('[data-number]').textContent = n + 1;
    const [up, down] = row.querySelectorAll('[data-label]');
    [up, down].forEach((button) => button.setAttribute('aria-label', button.dataset.label.replace('{number}', n + 1)));
    up.disabled = n === 0;
    down.disabled = n === rows.length - 1;
  });
}

async function save() {
  const form = new URLSearchParams([...list.querySelectorAll('[data-lesson]')].map((row) => ['lesson', row.dataset.lesson]));
  const answer = await fetch(list.dataset.order, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'X-CSRF-Token': list.dataset.token, Accept: 'application/json' },
    body: form,
  }).catch(() => null);
  said.textContent = answer && answer.ok ? list.dataset.said : list.dataset.failed;
}

// Heard on the document: a row that is moved in the page loses the pointer that it had captured.
function grab(row, grip) {
  grip.hidden = false;
  grip.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    event.preventDefault();
    row.classList.add('held');
    const before = order();
    const move = ({ clientY }) => {
      const over = [...list.querySelectorAll('[data-lesson]')].find((other) => {
        const box = other.getBoundingClientRect();
        return other !== row && clientY > box.top && clientY < box.bottom;
      });
      if (!over) return;
      const box = over.getBoundingClientRect();
      const place = clientY < box.top + box.height / 2 ? over : over.nextElementSibling;
      if (place !== row && place !== row.nextElementSibling) list.insertBefore(row, place);
    };
    const drop = () => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', drop);
      document.removeEventListener('pointercancel', drop);
      row.classList.remove('held');
      number();
      if (order() !== before) save();
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointercancel', drop);
  });
}

if (list) list.querySelectorAll('[data-lesson]').forEach((row) => grab(row, row.querySelector('[data-grip]')));
