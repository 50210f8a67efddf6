// The lesson and quiz pages: everything here makes a complete page nicer; none of it is needed to read or to answer.

import '../base/offline.js';
import { watchAnswers } from './answers.js';
import { listenBar } from './listen.js';
import { watchCards } from './media.js';
import { keepPlace } from './place.js';
import { Queue } from './queue.js';
import { watchReading } from './reading.js';

const page = document.querySelector('[data-queue]');
const finish = page ? watchPage() : () => {};
watchCards();
// Only what a page asks is loaded: most ask by options alone.
if (document.querySelector('[data-ask]')) import('../questions/ask.js');
// Works that wait on this phone are sent from here too; where none waits, nothing is loaded for it.
try {
  if (Object.keys(localStorage).some((key) => key.startsWith('fieldcast:outbox:'))) import('../submissions/resume.js');
} catch {
  // No storage on this phone: nothing can wait here.
}
const listen = document.querySelector('[data-listen]');
if (listen) listenBar(listen, finish);

function watchPage() {
  const words = JSON.parse(page.dataset.words);
  const queue = new Queue(page.dataset.queue, page.dataset.token, tell, page.dataset.name || document.querySelector('h1').textContent);
  const answers = watchAnswers(queue, words);
  // Told in the bar: what no form of this page tells, as what was answered on another page, or reading to the end.
  function tell(state, item, answer) {
    answers.hear(state, item, answer);
    draw(state === 'sent' && !answers.holds(item));
  }
  function draw(sent) {
    const bar = document.querySelector('[data-sent]');
    if (!bar) return;
    const waits = queue.items().some((item) => !answers.holds(item));
    bar.hidden = !waits && !sent;
    bar.className = `banner banner-${waits ? 'warn' : 'ok'}`;
    bar.textContent = waits ? words.kept : words.sent;
  }
  draw(false);
  keepPlace(page.dataset.token);
  queue.flush();
  addEventListener('online', () => queue.flush());
  return watchReading(queue);
}
