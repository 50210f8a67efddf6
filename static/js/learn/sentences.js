// The sentences of a page in their order, by the names that the server gives them too (lms/lib/sentences.py): FNV-1a with 32
// bits (RFC 9923) of their letters and figures.

const UNSAID = /[^\p{L}\p{N}]/gu;

export function nameOf(text) {
  const bytes = new TextEncoder().encode(text.normalize('NFKC').toLowerCase().replace(UNSAID, ''));
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
