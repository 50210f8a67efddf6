// Which measures are green, and the one thing to do better next time: the table comes from the server
// (lms/practice/rehearsal/measures.py, which grades stored rehearsals by the same rules).

export function valueOf(one, measures) {
  if (one.unit !== 'of') return measures[one.name];
  const met = measures[`${one.name}_met`];
  return met ? measures[`${one.name}_handled`] / met : null;
}

// True, false, or null where nothing was measured or asked.
export function isGreen(one, measures, seconds) {
  const value = valueOf(one, measures);
  const minutes = seconds / 60;
  if (value === null || value === undefined || (one.name === 'prices' && minutes < 3)) return null;
  const low = one.unit === 'per10' ? (one.low * Math.max(minutes, 1)) / 10 : one.low;
  return (low === null || value >= low) && (one.high === null || value <= one.high);
}

export function worst(table, measures, seconds) {
  const off = table.filter((one) => isGreen(one, measures, seconds) === false);
  return off.sort((a, b) => a.weight - b.weight)[0] || null;
}

export function advice(table, measures, seconds, said) {
  const one = worst(table, measures, seconds);
  if (!one) return said.all_green;
  const low = one.low !== null && valueOf(one, measures) < one.low;
  return one.too_low && (!one.too_high || low) ? one.too_low : one.too_high;
}

export function inWords(one, measures, said) {
  if (one.unit === 'of') {
    const met = measures[`${one.name}_met`];
    return met ? `${measures[`${one.name}_handled`]} / ${met}` : said.kept_none;
  }
  const value = measures[one.name];
  if (value === null || value === undefined) return said.not_measured;
  if (one.unit === 'share') return `${Math.round(value * 100)} %`;
  if (one.unit === 'seconds') return said.secs.replace('{count}', Math.round(value));
  if (one.unit === 'drift') return `${Math.round(value) > 0 ? '+' : ''}${Math.round(value) || 0} dB`;
  return String(Math.round(value));
}
