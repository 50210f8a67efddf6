// A remark's second plays the work from there; without script the link opens the file at that second.

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-jump]');
  const sound = event.target.closest('[data-sound-only]');
  if (!link && !sound) return;
  const clip = link ? document.querySelector(`[data-clip="${link.dataset.jump}"]`) : sound.closest('[data-clip]');
  const player = clip && clip.querySelector('video, audio');
  if (!player) return;
  event.preventDefault();
  if (sound) player.src = sound.href;
  if (link) player.currentTime = Number(link.dataset.second);
  player.play().catch(() => {});
  clip.scrollIntoView({ block: 'center' });
});
