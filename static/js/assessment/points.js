// The sum of a rubric, and whether it passes: the same rule as on the server (lms/assessment/rubrics.py), without the page.

const HOLDS = 2;

// `rows`: [{points: number or null, must: its name where it has to hold, else ''}].
export function verdict(rows, passMark) {
  const whole = rows.every((row) => row.points !== null);
  const total = rows.reduce((sum, row) => sum + (row.points || 0), 0);
  const failing = rows.filter((row) => row.must && row.points !== null && row.points < HOLDS).map((row) => row.must);
  return { whole, total, failing, passes: whole && total >= passMark && !failing.length };
}

// A second as players write it: 0:07.
export function clock(second) {
  const whole = Math.floor(second);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
