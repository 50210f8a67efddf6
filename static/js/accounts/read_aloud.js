// Reads a page's [data-s] sentences by the phone's voice. What it is switched on by shows only where there is a voice:
// voices come late on some phones.

import { listenBar, voice } from '../learn/listen.js';

const possible = () => voice([]).possible();

for (const bar of document.querySelectorAll('[data-read-aloud], [data-listen]')) {
  const show = () => {
    if (!bar.hidden || !possible()) return;
    bar.hidden = false;
    listenBar(bar);
  };
  show();
  if (window.speechSynthesis) speechSynthesis.addEventListener('voiceschanged', show);
}
