// On every page: if this phone holds works that are not sent, go on sending them. Nothing is loaded where nothing waits.

const FLAG = 'fieldcast:outbox:';
const place = document.querySelector('[data-outbox]') || document.createElement('div');

async function goOn() {
  const answer = await fetch('/me/works/sender', { credentials: 'same-origin', headers: { Accept: 'application/json' } });
  if (!answer.ok || !(answer.headers.get('Content-Type') || '').includes('json')) return;
  const me = await answer.json();
  if (!localStorage.getItem(FLAG + me.person)) return;
  const [{ flush }, { tellIn }] = await Promise.all([import('./outbox.js'), import('./telling.js')]);
  if (!place.parentNode) document.getElementById('main').prepend(place);
  tellIn(place, me.words, me.person);
  flush();
}

try {
  // The task's own page sends by itself.
  if (!document.querySelector('[data-task]') && Object.keys(localStorage).some((key) => key.startsWith(FLAG))) goOn().catch(() => addEventListener('online', () => goOn().catch(() => {}), { once: true }));
} catch {
  // No storage on this phone: nothing can wait here.
}
