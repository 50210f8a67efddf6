// The order of lessons by hand. The two buttons of each lesson do the same without this.

const list = document.querySelector('[data-order]');
const said = document.querySelector('[data-order-said]');

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

function grab(row, grip) {
  grip.hidden = false;
  grip.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    row.classList.add('held');
    const before = [...list.children].indexOf(row);
    const move = (moved) => {
      const over = [...list.querySelectorAll('[data-lesson]')].find((other) => {
        const box = other.getBoundingClientRect();
        return other !== row && moved.clientY > box.top && moved.clientY < box.bottom;
      });
      if (!over) return;
      const box = over.getBoundingClientRect();
      list.insertBefore(row, moved.clientY < box.top + box.height / 2 ? over : over.nextSibling);
    };
    const drop = () => {
      grip.removeEventListener('pointermove', move);
      row.classList.remove('held');
      number();
      if ([...list.children].indexOf(row) !== before) save();
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', drop, { once: true });
  });
}

if (list) list.querySelectorAll('[data-lesson]').forEach((row) => grab(row, row.querySelector('[data-grip]')));
