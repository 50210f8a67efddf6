// Read aloud: the teacher's recording if there is one, else the phone's own voice with the sentence highlighted; with
// neither the bar says so and shows whom to ring.

const SLOW = 0.75;

export function listenBar(bar, heard = () => {}) {
  const sentences = [...document.querySelectorAll('[data-s]')];
  const button = bar.querySelector('[data-play]');
  const slower = bar.querySelector('[data-slower]');
  const audio = bar.querySelector('audio');
  const player = audio ? recording(audio, sentences) : voice(sentences);
  let playing = false;

  const draw = () => {
    bar.dataset.state = playing ? 'playing' : 'ready';
    button.setAttribute('aria-pressed', String(playing));
  };
  const stop = () => { playing = false; draw(); };
  player.ended = () => { stop(); heard('sound'); };
  player.failed = () => { stop(); bar.dataset.state = 'failed'; };

  bar.hidden = false;
  if (player.possible()) draw();
  else {
    // Voices come late on some phones.
    bar.dataset.state = 'silent';
    if (window.speechSynthesis) speechSynthesis.addEventListener('voiceschanged', () => !playing && player.possible() && draw());
  }
  button.addEventListener('click', (event) => {
    event.preventDefault();
    if (!player.possible()) return;
    playing = !playing;
    if (playing) player.play();
    else player.pause();
    draw();
  });
  if (slower) slower.addEventListener('click', () => {
    const slow = slower.getAttribute('aria-pressed') !== 'true';
    slower.setAttribute('aria-pressed', String(slow));
    player.rate(slow ? SLOW : 1);
  });
  addEventListener('pagehide', () => player.pause());
}

let readerScrolled = false;
addEventListener('touchmove', () => { readerScrolled = true; }, { passive: true });
addEventListener('wheel', () => { readerScrolled = true; }, { passive: true });

function highlight(sentences, index) {
  sentences.forEach((sentence, n) => sentence.classList.toggle('spoken', n === index));
  if (sentences[index] && !readerScrolled) sentences[index].scrollIntoView({ block: 'center' });
}

// The phone's voice, one sentence after the other: `onboundary` is missing on many cheap phones, sentences work on all.
export function voice(sentences) {
  const synth = window.speechSynthesis;
  // A lesson that is there only in the other language is read by a voice of that language.
  const lang = (sentences[0] || document.documentElement).closest('[lang]').lang;
  const chosen = () => synth && synth.getVoices().find((v) => v.lang.replace('_', '-').startsWith(lang.slice(0, 2)));
  let at = 0;
  let speed = 1;
  let on = false;
  const player = {
    possible: () => Boolean(chosen()),
    play() { on = true; readerScrolled = false; next(); },
    pause() { on = false; if (synth) synth.cancel(); },
    rate(value) { speed = value; if (on) { synth.cancel(); next(); } },
  };
  function next() {
    if (at >= sentences.length) { on = false; at = 0; highlight(sentences, -1); player.ended(); return; }
    const spoken = new SpeechSynthesisUtterance(sentences[at].textContent);
    Object.assign(spoken, { lang, voice: chosen(), rate: speed });
    spoken.onend = () => { if (on) { at += 1; next(); } };
    spoken.onerror = (event) => { if (on && event.error !== 'interrupted' && event.error !== 'canceled') { on = false; player.failed(); } };
    highlight(sentences, at);
    synth.speak(spoken);
  }
  return player;
}

// The teacher's recording, with the seconds at which each sentence begins in data-timings where the author gave them.
function recording(audio, sentences) {
  const starts = JSON.parse(audio.dataset.timings || '[]');
  const player = {
    possible: () => true,
    play() { readerScrolled = false; audio.play().catch(() => player.failed()); },
    pause: () => audio.pause(),
    rate(value) { audio.playbackRate = value; },
  };
  audio.addEventListener('timeupdate', () => {
    if (starts.length) highlight(sentences, starts.filter((second) => second <= audio.currentTime).length - 1);
  });
  audio.addEventListener('ended', () => player.ended());
  audio.addEventListener('error', () => player.failed());
  return player;
}
