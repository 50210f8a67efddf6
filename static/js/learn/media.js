// Video and audio cards: nothing is fetched before a tap. A tap puts a player in the place of the card's picture; without
// script, or when the player cannot play, the same link opens the file itself.

export function watchCards() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-media] a[data-kind]');
    if (!link || link.dataset.failed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    play(link.closest('[data-media]'), link);
  });
}

function play(card, link) {
  stopAll();
  const player = document.createElement(link.dataset.kind);
  Object.assign(player, { controls: true, playsInline: true, src: link.href });
  player.setAttribute('aria-label', card.querySelector('h3, .about').textContent);
  player.addEventListener('error', () => giveUp(card, link, player));
  card.querySelectorAll('video, audio').forEach((old) => old.remove());
  if (link.dataset.kind === 'video') still(card, true);
  card.prepend(player);
  // Some phones start nothing by themselves; the player's own button is there then.
  player.play().catch(() => {});
}

// The next tap on the same choice opens the file, which the phone may know how to play by another app.
function giveUp(card, link, player) {
  link.dataset.failed = '1';
  player.remove();
  still(card, false);
  const words = card.closest('[data-not-played]');
  if (words) link.querySelector('small').textContent = words.dataset.notPlayed;
}

function still(card, hidden) {
  card.querySelectorAll(':scope > .scene, :scope > img').forEach((picture) => picture.toggleAttribute('hidden', hidden));
}

export function stopAll() {
  document.querySelectorAll('video, audio').forEach((player) => player.pause());
}
