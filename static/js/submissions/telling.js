// What a page says of works on their way: one card for each, with a bar, and what is true at this moment.

import { drop, flush } from './outbox.js';

const MEGABYTE = 1024 * 1024;

export const weight = (size) => (size < MEGABYTE ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MEGABYTE).toFixed(1)} MB`);

function made(tag, text = '', className = '') {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

// Draws each piece of news into `place`, in the words of the page's language.
export function tellIn(place, words, person) {
  addEventListener('fieldcast-outbox', (event) => {
    const news = event.detail;
    if (news.person !== String(person)) return;
    const old = place.querySelector(`[data-item="${news.id}"]`);
    const card = drawn(news, words, person, () => card.remove());
    if (old) old.replaceWith(card);
    else place.append(card);
    place.hidden = false;
  });
}

function drawn(news, words, person, away) {
  const card = made('section', '', news.state === 'sent' ? 'banner banner-ok' : 'card part sending');
  card.dataset.item = news.id;
  card.dataset.state = news.state;
  card.setAttribute('role', news.state === 'refused' ? 'alert' : 'status');
  if (news.state === 'sent') {
    const link = made('a', words.sent.replace('%s', news.title));
    link.href = news.page;
    card.append(link);
    return card;
  }
  if (news.state === 'refused') {
    card.append(made('b', `${news.title}${words.colon}${news.why || words.refused}`), made('p', words.stays));
    if (news.page !== location.pathname) card.append(Object.assign(made('a', words.to_task), { href: news.page }), ' ');
    card.append(button(words.again, () => flush(true)), button(words.drop, async () => { await drop(news.id, person); away(); }));
    return card;
  }
  const head = made('p', '', 'row apart');
  head.append(made('b', words[news.state === 'sending' ? 'sending' : 'waits']), made('span', `${(news.sent / MEGABYTE).toFixed(1)} / ${weight(news.size)}`));
  const bar = Object.assign(document.createElement('progress'), { max: news.size || 1, value: news.sent });
  bar.setAttribute('aria-label', news.title);
  card.append(head, bar, made('p', news.state === 'signed out' ? words.signed_out : words.kept, 'soft'));
  return card;
}

function button(words, deed) {
  const made_ = made('button', words, 'button button-text');
  made_.type = 'button';
  made_.addEventListener('click', deed);
  return made_;
}
