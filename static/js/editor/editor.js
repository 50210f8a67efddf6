// The Markdown editor: puts its parts together. Without this file the page is a textarea, a frame and a save button.

import { Attacher } from './attaching.js';
import { showConflict } from './conflict.js';
import { block, bold, heading, idBefore } from './inserting.js';
import { Keeper } from './keeping.js';
import { Paper } from './paper.js';
import { Preview } from './previewing.js';
import { recorder } from './recording.js';

const desk = document.querySelector('[data-editor]');
const area = document.getElementById('text');
const words = JSON.parse(desk.dataset.words);
// What the server sent: on a slow network somebody may have typed before this runs.
const sent = area.defaultValue.replace(/\r\n?/g, '\n');
const page = { ...desk.dataset, revision: Number(desk.dataset.revision), text: sent };
const status = document.querySelector('[data-saved] span');
const banners = document.querySelector('[data-banners]');
const paper = new Paper(area);
const read = () => area.value;
const ask = (name) => document.querySelector(`[data-${name}]`);

function time(moment) {
  const at = new Date(moment);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

// A banner goes with the next save; one that `stays` tells of something that was just saved, and outlives that.
function banner(text, href = '', label = '', stays = false) {
  const box = document.createElement('div');
  box.className = 'banner warn banner-warn';
  box.setAttribute('role', 'alert');
  if (stays) box.dataset.stays = '1';
  const line = box.appendChild(document.createElement('p'));
  line.textContent = `${text} `;
  if (href) line.append(Object.assign(document.createElement('a'), { href, target: '_blank', rel: 'noopener', textContent: label }));
  banners.replaceChildren(box);
}

const says = {
  kept: () => { status.textContent = words.kept; },
  sending: () => { status.textContent = words.sending; },
  saved: ({ at }) => {
    status.textContent = words.saved.replace('{time}', time(at));
    const shown = banners.querySelector('.banner');
    if (shown && shown.dataset.stays) delete shown.dataset.stays;
    else if (shown) shown.remove();
  },
  offline: () => { status.textContent = words.offline; },
  signed_out: () => { status.textContent = words.kept; banner(words.signed_out, page.signIn, words.sign_in); },
  other_person: () => { status.textContent = words.kept; banner(words.other_person, page.signIn, words.sign_in); },
  refused: ({ reason }) => { status.textContent = words.kept; banner(reason || words.refused); },
  conflict: (facts) => {
    status.textContent = words.kept;
    showConflict(banners, facts, words, (text) => {
      paper.write({ text, start: 0, end: 0 });
      keeper.settle(facts.revision, facts.theirs);
      preview.later(0);
    });
  },
};

const keeper = new Keeper(page, read, (state, facts = {}) => says[state](facts));
const preview = new Preview(
  page,
  { frame: ask('frame'), gauges: ask('gauges'), publish: ask('publish') },
  read,
  (problems) => paper.mark(problems),
);
const attacher = new Attacher(
  page,
  words,
  (text, failed) => {
    if (!failed) {
      status.textContent = text;
      return;
    }
    banner(text, '', '', true);
    banners.scrollIntoView({ block: 'nearest' });
  },
  (markdown) => {
    const made = block(read(), area.selectionStart, markdown);
    // The cursor goes between the brackets: what the picture shows must be written.
    const at = made.text.lastIndexOf(markdown, made.end) + 2;
    paper.write({ ...made, start: at, end: at });
  },
);

area.addEventListener('input', () => {
  keeper.changed();
  preview.later();
});
addEventListener('visibilitychange', () => (document.hidden ? keeper.hidden() : keeper.send()));
addEventListener('pagehide', () => keeper.hidden());
addEventListener('online', () => keeper.send());
addEventListener('focus', () => keeper.send());
area.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's') {
    event.preventDefault();
    keeper.send();
  }
  if ((event.ctrlKey || event.metaKey) && event.key === 'b') {
    event.preventDefault();
    insert('bold');
  }
});

async function insertBoth(kind) {
  const answer = await fetch(page.blocks, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': page.token },
    body: JSON.stringify({ kind, after: idBefore(read(), area.selectionStart) }),
  }).catch(() => null);
  if (!answer || !answer.ok) {
    banner(words.insert_failed);
    return;
  }
  const { text, both } = await answer.json();
  paper.write(block(read(), area.selectionStart, text, text.split('\n')[1]));
  status.textContent = both ? words.in_both : words.in_one;
}

function insert(kind) {
  const { selectionStart: start, selectionEnd: end } = area;
  if (kind === 'bold') paper.write(bold(read(), start, end, words.bold));
  if (kind === 'heading') paper.write(heading(read(), start, words.heading));
  if (kind === 'teacher') paper.write(block(read(), start, `:::teacher\n${words.teacher}\n\n:::`, words.teacher));
  if (!['bold', 'heading', 'teacher'].includes(kind)) insertBoth(kind);
}

document.querySelectorAll('[data-insert]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    insert(button.dataset.insert);
  });
});
document.querySelectorAll('[data-pick]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => attacher.pick(button.dataset.pick));
});
// Below the text: the form would leave the page, and take what the script has not sent yet along by luck alone.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-attach]');
  if (!button) return;
  event.preventDefault();
  const [file] = document.getElementById(button.dataset.attach).files;
  const reading = button.dataset.attach === 'recording-file' && document.getElementById('reading');
  attacher.chosen(file, reading && reading.checked ? reading.value : '');
});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#line-"]');
  if (!link) return;
  event.preventDefault();
  paper.goTo(Number(link.hash.slice(6)));
});

ask('plain').hidden = true;
desk.classList.add('scripted');
attacher.watch(area);
recorder(ask('recorder'), words, (file, reading) => attacher.send(file, reading ? page.name.slice(-2) : ''));

// What was typed before and never reached the server: a closed tab, a lost session, a restarted server.
const kept = keeper.kept();
if (kept && kept.revision === page.revision) {
  paper.write({ text: kept.text, start: 0, end: 0 });
  banner(words.restored, '', '', true);
  keeper.later(0);
} else if (kept) {
  keeper.stopped = true;
  says.conflict({ mine: kept.text, theirs: page.text, base: kept.base, revision: page.revision, by: '', own: page.own === '1' });
} else if (read() !== sent) {
  keeper.changed();
}
if (/^#line-\d+$/.test(location.hash)) paper.goTo(Number(location.hash.slice(6)));
preview.later(0);
