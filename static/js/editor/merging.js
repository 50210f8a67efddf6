// Pure: comparing and merging texts by lines. Three-way merging after diff3 (Khanna, Kunal, Pierce 2007).

// For each line of `from` the line of `to` that it became, or -1: a longest common subsequence.
export function matches(from, to) {
  const found = new Array(from.length).fill(-1);
  let start = 0;
  let end = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    found[start] = start;
    start += 1;
  }
  while (end < from.length - start && end < to.length - start && from[from.length - 1 - end] === to[to.length - 1 - end]) {
    found[from.length - 1 - end] = to.length - 1 - end;
    end += 1;
  }
  const rows = from.length - start - end;
  const columns = to.length - start - end;
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      lengths[i][j] = from[start + i] === to[start + j]
        ? lengths[i + 1][j + 1] + 1
        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (from[start + i] === to[start + j]) {
      found[start + i] = start + j;
      i += 1;
      j += 1;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

// The lines of `text` that `other` has not, by their numbers from 0.
export function differing(text, other) {
  const found = matches(text.split('\n'), other.split('\n'));
  return new Set(found.flatMap((place, line) => (place < 0 ? [line] : [])));
}

const same = (one, other) => one.length === other.length && one.every((line, n) => line === other[n]);

// Mine and theirs put together over what both began with. Where both changed the same lines, both stand there between
// the lines `marks.mine`, `marks.theirs` and `marks.end`; `conflicts` counts those places.
export function merge(base, mine, theirs, marks) {
  const [o, a, b] = [base, mine, theirs].map((text) => text.split('\n'));
  const [toA, toB] = [matches(o, a), matches(o, b)];
  const out = [];
  let [i, j, k, conflicts] = [0, 0, 0, 0];
  while (i < o.length || j < a.length || k < b.length) {
    if (i < o.length && toA[i] === j && toB[i] === k) {
      out.push(o[i]);
      [i, j, k] = [i + 1, j + 1, k + 1];
      continue;
    }
    let next = i;
    while (next < o.length && !(toA[next] >= j && toB[next] >= k)) next += 1;
    const [nextA, nextB] = next < o.length ? [toA[next], toB[next]] : [a.length, b.length];
    const [before, ours, other] = [o.slice(i, next), a.slice(j, nextA), b.slice(k, nextB)];
    if (same(ours, before)) out.push(...other);
    else if (same(other, before) || same(ours, other)) out.push(...ours);
    else {
      conflicts += 1;
      out.push(marks.mine, ...ours, marks.theirs, ...other, marks.end);
    }
    [i, j, k] = [next, nextA, nextB];
  }
  return { text: out.join('\n'), conflicts };
}
