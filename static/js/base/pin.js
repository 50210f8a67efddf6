// The six cells of a PIN: shows how many digits are in, and which cell is next. Without it the input shows its own dots.

for (const pin of document.querySelectorAll('[data-pin]')) {
  const input = pin.querySelector('input');
  const cells = [...pin.querySelectorAll('g')];
  const draw = () => {
    const typed = input.value.replace(/\D/g, '').length;
    cells.forEach((cell, n) => {
      cell.classList.toggle('full', n < typed);
      cell.classList.toggle('next', n === Math.min(typed, cells.length - 1));
    });
  };
  pin.dataset.drawn = '';
  input.addEventListener('input', draw);
  draw();
}
