// What the teleprompter shows. Lines of a script that move on at so many characters a minute, or bullets that wait.

const LONGEST = 22; // characters of a line at the large size on 360 px
const LONGEST_BULLET = 12;
const HAN = /[㐀-鿿]/g;
const WORD = /[A-Za-z0-9.]+/g;
const WORD_WEIGHT = 1.6; // an English word takes as long as that many characters

export const SPEEDS = [180, 200, 220, 240, 260, 280];
export const SIZES = ['small', 'middle', 'large'];

// How many characters it is to say.
export const weight = (text) => (text.match(HAN) || []).length + WORD_WEIGHT * (text.match(WORD) || []).length;

// A full stop ends a sentence in English; 29.9 is a number. (No look-behind: older WebKit does not know it.)
const sentencesOf = (text) => pieces(text.replace(/\.\s+(?=\D)/g, '.\n'), /[^。！？!?；;\n]+[。！？!?；;]*/g);
const clausesOf = (text) => pieces(text, /[^，、,：:]+[，、,：:]*/g);
const pieces = (text, pattern) => (text.match(pattern) || []).map((one) => one.trim()).filter(Boolean);

// Sentences, the long ones cut at commas, each a line.
export function linesOf(text) {
  return sentencesOf(text).flatMap((one) => (weight(one) > LONGEST ? joined(clausesOf(one)) : [one]));
}

// Pieces put together again as long as they fit.
function joined(parts) {
  return parts.reduce((found, part) => {
    const last = found[found.length - 1];
    const gap = last && /[A-Za-z0-9,:]$/.test(last) ? ' ' : '';
    if (last !== undefined && weight(last + part) <= LONGEST) found[found.length - 1] = last + gap + part;
    else found.push(part);
    return found;
  }, []);
}

// The first clause of each sentence: enough to remember by, too little to read out.
export function bulletsOf(text) {
  return sentencesOf(text).map((one) => {
    const clauses = clausesOf(one).map((part) => part.replace(/[。！？!?；;，、,：:.]+$/, ''));
    const clause = clauses.find((part) => weight(part) >= 3) || clauses[0];
    const han = (clause.match(HAN) || []).length;
    return han > LONGEST_BULLET ? `${[...clause].slice(0, LONGEST_BULLET).join('')}…` : clause;
  });
}

export class Prompter {
  constructor({ text, bullets, speed }) {
    const lines = bullets ? bulletsOf(text) : linesOf(text);
    Object.assign(this, { lines, speed, moves: !bullets, held: false, at: 0, said: 0 });
  }

  get line() {
    return this.lines[this.at] || '';
  }

  // Before, now and next.
  get shown() {
    return [this.lines[this.at - 1] || '', this.line, this.lines[this.at + 1] || ''];
  }

  // So many seconds later. True when the line has changed.
  pass(seconds) {
    if (!this.moves || this.held || this.at >= this.lines.length - 1) return false;
    this.said += (this.speed / 60) * seconds;
    const length = Math.max(3, weight(this.line));
    if (this.said < length) return false;
    this.said -= length;
    this.at += 1;
    return true;
  }

  step(by) {
    this.at = Math.max(0, Math.min(this.lines.length - 1, this.at + by));
    this.said = 0;
  }
}
