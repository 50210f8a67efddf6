// Says the advice aloud, where the phone has a voice for the page's language and its owner wants it.

export class Voice {
  constructor(button, person) {
    const synth = window.speechSynthesis;
    Object.assign(this, { button, synth, key: `fieldcast:shots-voice:${person}` });
    button.addEventListener('click', () => this.choose(!this.wanted));
    if (synth) synth.addEventListener('voiceschanged', () => this.draw());
    this.draw();
  }

  get chosen() {
    const lang = document.documentElement.lang.slice(0, 2);
    return this.synth && this.synth.getVoices().find((voice) => voice.lang.replace('_', '-').startsWith(lang));
  }

  get wanted() {
    return localStorage.getItem(this.key) === 'yes';
  }

  choose(wanted) {
    localStorage.setItem(this.key, wanted ? 'yes' : 'no');
    if (!wanted && this.synth) this.synth.cancel();
    this.draw();
  }

  draw() {
    this.button.hidden = !this.chosen;
    this.button.setAttribute('aria-pressed', String(this.wanted));
  }

  say(words) {
    if (!this.wanted || !this.chosen) return;
    const spoken = new SpeechSynthesisUtterance(words);
    Object.assign(spoken, { lang: document.documentElement.lang, voice: this.chosen });
    this.synth.cancel();
    this.synth.speak(spoken);
  }
}

// One may film: two rising notes, and a short shake of the phone.
export function ring(context) {
  if (navigator.vibrate) navigator.vibrate([80, 60, 80]);
  if (!context || context.state !== 'running') return;
  [659.3, 880].forEach((frequency, at) => {
    const tone = context.createOscillator();
    const loud = context.createGain();
    const begin = context.currentTime + 0.16 * at;
    tone.frequency.value = frequency;
    loud.gain.setValueAtTime(0.0001, begin);
    loud.gain.exponentialRampToValueAtTime(0.2, begin + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, begin + 0.3);
    tone.connect(loud).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.32);
  });
}
