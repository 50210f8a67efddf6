// On paper there is nothing to tap: what is folded and only tells something is opened for printing, then folded again.
// What holds a form stays as it is.

let opened = [];

addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('main details:not([open])')].filter((one) => !one.querySelector('form'));
  opened.forEach((one) => { one.open = true; });
});

addEventListener('afterprint', () => {
  opened.forEach((one) => { one.open = false; });
  opened = [];
});
