// Two texts side by side, with the lines that differ, and the choice: mine, theirs, or both put together.

import { differing, merge } from './merging.js';

function column(title, text, other) {
  const odd = differing(text, other);
  const box = document.createElement('div');
  const head = document.createElement('h3');
  const sheet = document.createElement('div');
  head.textContent = title;
  sheet.className = 'sheet source';
  sheet.tabIndex = 0;
  sheet.setAttribute('role', 'region');
  sheet.setAttribute('aria-label', title);
  text.split('\n').forEach((line, n) => {
    const row = sheet.appendChild(document.createElement(odd.has(n) ? 'mark' : 'span'));
    row.textContent = `${line}\n`;
  });
  box.append(head, sheet);
  return box;
}

function choice(label, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', act);
  return button;
}

// `facts`: {mine, theirs, base, by, own}; `own`: both are of one person, in two windows. `settled(text)` is called with the
// text that is to stand.
export function showConflict(place, facts, allWords, settled) {
  const words = facts.own ? { ...allWords, ...allWords.own } : allWords;
  const merged = merge(facts.base, facts.mine, facts.theirs, { mine: words.mark_mine, theirs: words.mark_theirs, end: words.mark_end });
  const box = document.createElement('section');
  box.className = 'conflict card card-ink';
  box.setAttribute('role', 'alertdialog');
  box.setAttribute('aria-labelledby', 'conflict-title');
  const title = Object.assign(document.createElement('h2'), { id: 'conflict-title', tabIndex: -1 });
  title.textContent = facts.by ? words.conflict_by.replace('{name}', facts.by) : words.conflict;
  const note = document.createElement('p');
  note.textContent = merged.conflicts ? words.merge_marks.replace('{number}', merged.conflicts) : words.merge_clean;
  const pair = document.createElement('div');
  pair.className = 'pair';
  pair.append(column(words.mine, facts.mine, facts.theirs), column(words.theirs, facts.theirs, facts.mine));
  const deeds = document.createElement('div');
  deeds.className = 'choices';
  const end = (text) => { box.remove(); settled(text); };
  deeds.append(
    choice(words.merge, () => end(merged.text)),
    choice(words.keep_mine, () => end(facts.mine)),
    choice(words.take_theirs, () => end(facts.theirs)),
  );
  box.append(title, note, deeds, pair);
  place.replaceChildren(box);
  title.focus();
}
