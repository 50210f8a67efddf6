// What the page shows: meters, the one advice, the level line, the frame. No measure is made here.

import { keyOf } from './advice.js';

const LEVEL_GREEN = 1; // degrees
const SPELLING = { amber: 'amber', red: 'red' };

export class Drawing {
  constructor(root, words) {
    Object.assign(this, { root, words, last: '' });
    this.part = (name) => root.querySelector(`[data-${name}]`);
  }

  meters(meters, sensors) {
    for (const [group, { grade, blocks, verdict }] of Object.entries(meters)) {
      const box = this.root.querySelector(`[data-meter=${group}]`);
      const blind = group === 'level' && !sensors && grade === 'green';
      box.dataset.grade = blind ? 'unknown' : grade;
      box.querySelectorAll('.blocks i').forEach((block, at) => block.classList.toggle('full', !blind && at < blocks));
      box.querySelector('[data-word]').textContent = this.word(group, blind ? 'unknown' : grade, verdict);
    }
  }

  // What a meter says of its worst signal.
  word(group, grade, verdict) {
    const own = verdict && this.words.advice[keyOf(verdict)];
    return (own && own[SPELLING[grade]]) || this.words.meters[group][grade] || '';
  }

  // The one advice, or that all is well so far, or that one may film. Gives what to say aloud when it is new.
  advice({ advice, ready }) {
    const { said } = this.words;
    const key = ready ? 'ready' : (advice && keyOf(advice)) || 'going';
    if (key === this.last) return '';
    this.last = key;
    const told = this.words.advice[key] || { say: said[key], why: said[`${key}_why`], icon: ready ? 'check' : 'camera' };
    this.part('say-what').textContent = told.say;
    this.part('say-why').textContent = told.why;
    this.part('say-icon').setAttribute('href', `#i-${told.icon}`);
    this.part('say').dataset.state = ready ? 'ready' : advice ? advice.grade : 'going';
    this.part('doubt').hidden = !advice || !['blur', 'smear'].includes(advice.name);
    return key === 'going' ? '' : told.say;
  }

  level(roll) {
    const line = this.part('level');
    line.closest('svg').toggleAttribute('hidden', roll === null || roll === undefined);
    if (roll === null || roll === undefined) return;
    line.setAttribute('transform', `rotate(${(-roll).toFixed(1)})`);
    line.classList.toggle('straight', Math.abs(roll) <= LEVEL_GREEN);
  }

  // Four corners round the subject's box.
  marks(box) {
    const [left, right, top, bottom] = [box.left * 90, box.right * 90, box.top * 160, box.bottom * 160];
    const corner = (x, y, dx, dy) => `M${x} ${y + dy}V${y}H${x + dx}`;
    this.part('marks').setAttribute('d', [
      corner(left, top, 7, 7), corner(right, top, -7, 7), corner(left, bottom, 7, -7), corner(right, bottom, -7, -7),
    ].join(''));
  }

  // The whole upright picture where a live's zones are shown, else as much as fills the view.
  stage(whole) {
    const view = this.part('view').getBoundingClientRect();
    const width = whole ? Math.min(view.width, (view.height * 9) / 16) : Math.max(view.width, (view.height * 9) / 16);
    Object.assign(this.part('stage').style, { width: `${width}px`, height: `${(width * 16) / 9}px` });
  }
}
