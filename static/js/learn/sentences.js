// The sentences of a page in their order, by the names that the server gives them too (lms/lib/sentences.py): FNV-1a with 32
// bits (RFC 9923) of their letters and figures.

const UNSAID = /[^\p{L}\p{N}]/gu;

// What stands in or behind a figure is said: 9.9 yuan are not 99.
const FIGURES = [[/([0-9])\.(?=[0-9])/g, '$1点'], [/([0-9]):(?=[0-9])/g, '$1时'], [/([0-9])\/(?=[0-9])/g, '$1分'],
  [/([0-9])[-–—~](?=[0-9])/g, '$1到'], [/([0-9])%/g, '$1百']];

export function nameOf(text) {
  const plain = FIGURES.reduce((said, [written, as]) => said.replace(written, as), text.normalize('NFKC').toLowerCase());
  const bytes = new TextEncoder().encode(plain.replace(UNSAID, ''));
  let name = 0x811c9dc5;
  bytes.forEach((byte) => { name = Math.imul(name ^ byte, 0x01000193); });
  return (name >>> 0).toString(16).padStart(8, '0');
}

// {text, spans}: one that goes on through bold words or a link has several spans. What is said to an answer belongs to no
// reading.
export function gathered(spans) {
  const sentences = [];
  [...spans].filter((span) => !span.closest('[role=status]')).forEach((span) => {
    const last = sentences[sentences.length - 1];
    if (span.dataset.s && last) last.spans.push(span);
    else sentences.push({ spans: [span] });
  });
  return sentences.map((one) => ({ ...one, text: one.spans.map((span) => span.textContent).join('') }));
}
