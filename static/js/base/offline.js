// A page that does not open without network would leave the reader on the browser's own error page, and away from what is
// kept here. So links and forms of this site are asked for first where the network is in doubt: the phone says that
// there is none, or the last thing that was sent did not arrive.

const WAIT = 8000;
const words = document.body.dataset;
let doubt = false;
let through = false;

addEventListener('fieldcast:network', (event) => { doubt = !event.detail; });
addEventListener('online', () => { doubt = false; hush(); });

// On the window, so that whatever a page does by itself with its links and forms comes first.
addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!inDoubt() || link.origin !== location.origin || link.target || link.hasAttribute('download') || isHere(link)) return;
  event.preventDefault();
  whenThere(words.offline + kept(), () => location.assign(link.href));
});

addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || through || !inDoubt() || new URL(form.action).origin !== location.origin) return;
  event.preventDefault();
  const { submitter } = event;
  whenThere(words.unsent, () => {
    through = true;
    form.requestSubmit(submitter || undefined);
    through = false;
  });
});

function inDoubt() {
  return doubt || navigator.onLine === false;
}

// A jump within this page needs no network.
function isHere(link) {
  return Boolean(link.hash) && link.pathname === location.pathname && link.search === location.search;
}

// Said only where something waits in a queue of answers: nothing else is kept by the phone.
function kept() {
  return Object.keys(localStorage).some((key) => key.startsWith('fieldcast:queue:')) ? ` ${words.kept}` : '';
}

async function whenThere(otherwise, go) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), WAIT);
  try {
    await fetch('/healthz', { cache: 'no-store', credentials: 'omit', signal: giveUp.signal });
    doubt = false;
  } catch {
    doubt = true;
    tell(otherwise);
    return;
  } finally {
    clearTimeout(timer);
  }
  hush();
  go();
}

function tell(text) {
  const bar = document.querySelector('[data-no-network]') || document.createElement('div');
  Object.assign(bar, { className: 'fixed-foot no-print', textContent: '' });
  bar.dataset.noNetwork = '';
  bar.setAttribute('role', 'alert');
  document.querySelector('main').append(bar);
  bar.append(Object.assign(document.createElement('p'), { className: 'banner banner-warn', textContent: text }));
}

function hush() {
  document.querySelectorAll('[data-no-network]').forEach((bar) => bar.remove());
}
