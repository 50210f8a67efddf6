// All shots that this phone keeps for this person.

import { all } from './keeping.js';

export class Album {
  constructor(coach) {
    Object.assign(this, { coach, sheet: coach.part('album-sheet'), addresses: [] });
    this.sheet.querySelector('[data-back]').addEventListener('click', () => coach.live());
  }

  async open() {
    this.coach.show('album-sheet');
    const shots = await all(this.coach.person).catch(() => []);
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
    this.addresses = [];
    this.sheet.querySelector('[data-album-empty]').hidden = Boolean(shots.length);
    this.sheet.querySelector('[data-album-list]').replaceChildren(...shots.map((shot) => this.row(shot)));
    this.sheet.querySelector('h2').focus();
  }

  row(shot) {
    const { said } = this.coach.words;
    const address = URL.createObjectURL(shot.blob);
    this.addresses.push(address);
    const shown = document.createElement(shot.kind === 'photo' ? 'img' : 'video');
    if (shot.kind === 'photo') shown.alt = '';
    else Object.assign(shown, { muted: true, preload: 'metadata' });
    shown.src = address;
    const words = document.createElement('span');
    words.append(
      Object.assign(document.createElement('b'), { textContent: said[shot.kind] }),
      Object.assign(document.createElement('small'), { textContent: momentOf(shot.takenAt) }),
      Object.assign(document.createElement('small'), { textContent: shot.handedIn ? said.handed_in : said.here_only }),
    );
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.append(shown, words);
    button.addEventListener('click', () => this.coach.review.open(shot, { fresh: false }));
    const row = document.createElement('li');
    row.append(button);
    return row;
  }
}

export const momentOf = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, {
  month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit',
});
