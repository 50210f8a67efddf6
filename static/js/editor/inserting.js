// Pure: what the insert buttons do to a text. Each gives {text, start, end}: the new text, and what is selected in it.

const FENCE = /^(?::{3}|：{3})\s*([a-z]+)\s*(\S*)(?:\s.*)?$/;
const CLOSED = /^(?::{3}|：{3})\s*$/;

export function bold(text, start, end, words) {
  const chosen = text.slice(start, end) || words;
  return { text: `${text.slice(0, start)}**${chosen}**${text.slice(end)}`, start: start + 2, end: start + 2 + chosen.length };
}

// The line of the cursor becomes a heading, or, if it is one, is none any more.
export function heading(text, start, words) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from);
  const line = text.slice(from, to);
  if (line.startsWith('## ')) {
    return { text: text.slice(0, from) + line.slice(3) + text.slice(to), start: from, end: to - 3 };
  }
  const bare = line.replace(/^#+\s*/, '') || words;
  return { text: `${text.slice(0, from)}## ${bare}${text.slice(to)}`, start: from + 3, end: from + 3 + bare.length };
}

// A block behind the line of the cursor, or behind the fence in which it stands, with a blank line on both sides.
// `select` is the part of the block to be written over.
export function block(text, start, source, select = '') {
  const lines = text.split('\n');
  const place = placeBehind(lines, lineOf(text, start));
  const before = lines.slice(0, place).join('\n').replace(/\n+$/, '');
  const behind = lines.slice(place).join('\n').replace(/^\n+/, '');
  const body = source.replace(/^\n+|\n+$/g, '');
  const lead = before ? `${before}\n\n` : '';
  const made = `${lead}${body}\n${behind ? `\n${behind}` : ''}`;
  const at = lead.length + Math.max(0, select ? body.indexOf(select) : body.length);
  return { text: made, start: at, end: at + (select && body.includes(select) ? select.length : 0) };
}

export function lineOf(text, start) {
  return text.slice(0, start).split('\n').length - 1;
}

// The line before which a block may begin: behind front matter, and never within another block.
function placeBehind(lines, line) {
  if (lines[0] === '---') {
    const closed = lines.indexOf('---', 1);
    if (closed > 0 && line <= closed) return closed + 1;
  }
  let inside = false;
  for (let n = 0; n < lines.length; n += 1) {
    if (CLOSED.test(lines[n])) {
      if (inside && n >= line) return n + 1;
      inside = false;
    } else if (FENCE.test(lines[n])) {
      if (n > line) break;
      inside = true;
    }
  }
  return inside ? lines.length : line + 1;
}

// The id of the question or exercise before the cursor, so that the other language gets the new one at the same place.
export function idBefore(text, start) {
  const lines = text.slice(0, start).split('\n');
  for (let n = lines.length - 1; n >= 0; n -= 1) {
    const fence = FENCE.exec(lines[n]);
    if (fence && fence[2] && ['check', 'try', 'task'].includes(fence[1])) return fence[2];
  }
  return '';
}
