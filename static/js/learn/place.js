// Where the reader is, kept on the server so that another phone opens at the same part.

const PAUSE = 5000;

export function keepPlace(token) {
  const lesson = document.querySelector('[data-place]');
  if (!lesson) return;
  const parts = [...lesson.querySelectorAll('[id].part')];
  const resume = lesson.dataset.resume && document.getElementById(lesson.dataset.resume);
  if (resume && !location.hash) resume.scrollIntoView();
  let last = lesson.dataset.resume || '';
  let timer;
  const send = () => {
    const passed = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 2);
    const anchor = passed.length ? passed[passed.length - 1].id : '';
    if (anchor === last) return;
    last = anchor;
    fetch(lesson.dataset.place, {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token },
      body: JSON.stringify({ lesson: lesson.dataset.lesson, anchor }),
    }).catch(() => { last = ''; });
  };
  addEventListener('scroll', () => { clearTimeout(timer); timer = setTimeout(send, PAUSE); }, { passive: true });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send());
}
