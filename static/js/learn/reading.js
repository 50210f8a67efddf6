// A read step is done by reaching the end of the lesson, or hearing it; never by a timer. The foot button does the same.

export function watchReading(queue) {
  const foot = document.querySelector('[data-read]');
  if (!foot) return () => {};
  let told = foot.dataset.done === '1';
  const finish = (by) => {
    if (told) return;
    told = true;
    queue.add(foot.dataset.read, { lesson: foot.dataset.lesson, step: foot.dataset.step, kind: 'read', body: { by } });
  };
  // The end of the text, not of the page: someone who jumps to the foot has passed it too, and may press the button anyway.
  new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && window.scrollY > 0 && finish('end'))
    .observe(foot);
  return finish;
}
