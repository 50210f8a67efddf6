// Read aloud: the teacher's recording if there is one, else the phone's own voice, each with the sentence highlighted; with
// neither the bar says so and shows whom to ring. A sentence that the recording lacks, because the lesson has changed
// since, is read by the phone.

import { gathered, nameOf } from './sentences.js';

const SLOW = 0.75;
const CHOSEN = 'fieldcast:track';
// Seconds between two sentences of a recording over which it simply plays on.
const GAP = 1;

export function listenBar(bar, heard = () => {}) {
  const sentences = gathered(document.querySelectorAll('[data-s]'));
  const button = bar.querySelector('[data-play]');
  const slower = bar.querySelector('[data-slower]');
  const audio = bar.querySelector('audio');
  const tracks = [...document.querySelectorAll('[data-track]')];
  let player = null;
  let playing = false;

  const draw = () => {
    bar.dataset.state = playing ? 'playing' : 'ready';
    button.setAttribute('aria-pressed', String(playing));
  };
  const stop = () => { playing = false; draw(); };
  const use = (next) => {
    if (player) player.pause();
    player = next;
    player.ended = () => { stop(); heard('sound'); };
    player.failed = () => { stop(); bar.dataset.state = 'failed'; };
  };
  const start = (on) => {
    if (!player.possible()) return;
    playing = on;
    if (playing) player.play();
    else player.pause();
    draw();
  };
  const choose = (track) => {
    if (track.dataset.spans) {
      audio.src = track.href;
      use(recording(audio, sentences, JSON.parse(track.dataset.spans)));
    } else use(voice(sentences));
    bar.querySelector('[data-cost]').textContent = track.dataset.cost;
    tracks.forEach((one) => one.setAttribute('aria-pressed', String(one === track)));
  };

  use(audio && audio.hasAttribute('src') ? recording(audio, sentences, JSON.parse(audio.dataset.spans)) : voice(sentences));
  const before = tracks.find((one) => one.dataset.track === remembered());
  if (before) choose(before);
  bar.hidden = false;
  if (player.possible()) draw();
  else {
    // Voices come late on some phones.
    bar.dataset.state = 'silent';
    if (window.speechSynthesis) speechSynthesis.addEventListener('voiceschanged', () => !playing && player.possible() && draw());
  }
  button.addEventListener('click', (event) => {
    event.preventDefault();
    start(!playing);
  });
  tracks.forEach((track) => {
    track.setAttribute('role', 'button');
    track.addEventListener('click', (event) => {
      event.preventDefault();
      remember(track.dataset.track);
      choose(track);
      start(true);
    });
  });
  if (slower) slower.addEventListener('click', () => {
    const slow = slower.getAttribute('aria-pressed') !== 'true';
    slower.setAttribute('aria-pressed', String(slow));
    player.rate(slow ? SLOW : 1);
  });
  addEventListener('pagehide', () => player.pause());
}

// Which reading somebody chose last; on a phone without storage each page begins with the first.
function remembered() {
  try { return localStorage.getItem(CHOSEN); } catch { return null; }
}
function remember(name) {
  try { localStorage.setItem(CHOSEN, name); } catch { /* It plays all the same. */ }
}

let readerScrolled = false;
addEventListener('touchmove', () => { readerScrolled = true; }, { passive: true });
addEventListener('wheel', () => { readerScrolled = true; }, { passive: true });

function highlight(sentences, index) {
  sentences.forEach((sentence, n) => sentence.spans.forEach((span) => span.classList.toggle('spoken', n === index)));
  if (sentences[index] && !readerScrolled) sentences[index].spans[0].scrollIntoView({ block: 'center' });
}

// The phone's voice for one sentence after the other: `onboundary` is missing on many cheap phones, sentences work on all.
function speaker(sentences) {
  const synth = window.speechSynthesis;
  // A lesson that is there only in the other language is read by a voice of that language.
  const lang = (sentences[0] ? sentences[0].spans[0] : document.documentElement).closest('[lang]').lang;
  const chosen = () => synth && synth.getVoices().find((v) => v.lang.replace('_', '-').startsWith(lang.slice(0, 2)));
  return {
    possible: () => Boolean(chosen()),
    hush: () => synth && synth.cancel(),
    say(sentence, rate, done, failed) {
      const spoken = new SpeechSynthesisUtterance(sentence.text);
      Object.assign(spoken, { lang, voice: chosen(), rate, onend: done });
      spoken.onerror = (event) => { if (event.error !== 'interrupted' && event.error !== 'canceled') failed(); };
      synth.speak(spoken);
    },
  };
}

export function voice(marked) {
  const sentences = marked.length && marked[0].spans ? marked : gathered(marked);
  const speaks = speaker(sentences);
  let at = 0;
  let speed = 1;
  let on = false;
  const player = {
    possible: speaks.possible,
    play() { on = true; readerScrolled = false; next(); },
    pause() { on = false; speaks.hush(); },
    rate(value) { speed = value; if (on) { speaks.hush(); next(); } },
  };
  function next() {
    if (at >= sentences.length) { on = false; at = 0; highlight(sentences, -1); player.ended(); return; }
    highlight(sentences, at);
    speaks.say(sentences[at], speed, () => { if (on) { at += 1; next(); } }, () => { if (on) { on = false; player.failed(); } });
  }
  return player;
}

// A recording, and the seconds at which each sentence begins and ends in it, by name; without any it plays from end to
// end. With them it is played in the order of the page, whatever has moved since it was made.
function recording(audio, sentences, told) {
  const spans = sentences.map((sentence) => told[nameOf(sentence.text)]);
  const timed = spans.some(Boolean);
  const speaks = speaker(sentences);
  let at = 0;
  let speed = 1;
  let on = false;
  const player = {
    possible: () => true,
    play() { on = true; readerScrolled = false; go(); },
    pause() { on = false; audio.pause(); speaks.hush(); },
    rate(value) { speed = value; audio.playbackRate = value; },
  };
  const failed = () => { if (on) { on = false; player.failed(); } };
  const ended = () => { on = false; at = 0; audio.pause(); highlight(sentences, -1); player.ended(); };
  const sound = () => {
    // What could not be fetched once is asked for again: perhaps there is network now.
    if (audio.error) audio.load();
    audio.playbackRate = speed;
    audio.play().catch((problem) => { if (problem.name !== 'AbortError') failed(); });
  };

  function go() {
    if (!timed) { sound(); return; }
    while (at < sentences.length && !spans[at] && !speaks.possible()) at += 1;
    if (at >= sentences.length) { ended(); return; }
    highlight(sentences, at);
    const span = spans[at];
    if (!span) {
      audio.pause();
      speaks.say(sentences[at], speed, () => { if (on) { at += 1; go(); } }, failed);
      return;
    }
    if (audio.currentTime < span[0] - GAP || audio.currentTime >= span[1]) [audio.currentTime] = span;
    if (audio.paused) sound();
  }
  // `timeupdate` comes four times a second at most, which would let the next sentence be heard where it does not follow.
  setInterval(() => {
    const span = on && timed && spans[at];
    if (!span || audio.paused || audio.seeking || audio.currentTime < span[1]) return;
    at += 1;
    go();
  }, 60);
  audio.addEventListener('ended', () => {
    if (!on) return;
    if (!timed) { ended(); return; }
    at += 1;
    go();
  });
  audio.addEventListener('error', failed);
  return player;
}
