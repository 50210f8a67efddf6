// The lesson and quiz pages: everything here makes a complete page nicer; none of it is needed to read or to answer.

import { watchAnswers } from './answers.js';
import { listenBar } from './listen.js';
import { watchCards } from './media.js';
import { keepPlace } from './place.js';
import { Queue } from './queue.js';
import { watchReading } from './reading.js';

const page = document.querySelector('[data-queue]');
let finish = () => {};
if (page) {
  const words = JSON.parse(page.dataset.words);
  const bar = document.querySelector('[data-sent]');
  let hear = () => {};
  const queue = new Queue(page.dataset.queue, page.dataset.token, (state, item, answer) => {
    const here = hear(state, item, answer);
    const left = queue.items().length;
    if (bar) {
      bar.hidden = here && !left;
      bar.className = `banner banner-${left ? 'warn' : 'ok'}`;
      bar.textContent = left ? words.kept : words.sent;
    }
  }, page.dataset.name || document.querySelector('h1').textContent);
  hear = watchAnswers(queue, words);
  finish = watchReading(queue);
  keepPlace(page.dataset.token);
  queue.flush();
  addEventListener('online', () => queue.flush());
}
watchCards();
const listen = document.querySelector('[data-listen]');
if (listen) listenBar(listen, finish);
