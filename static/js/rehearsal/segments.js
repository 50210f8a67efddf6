// The parts of a rehearsal: the plan of a product's five minutes, stretched to the minutes there are.

// [{name, label, from, to}] in seconds.
export function planned(parts, seconds) {
  const whole = parts.reduce((sum, part) => sum + part.seconds, 0);
  let from = 0;
  return parts.map(({ name, label, seconds: length }) => {
    const to = from + (length / whole) * seconds;
    const part = { name, label, from, to };
    from = to;
    return part;
  });
}

// How long the parts took in all beyond their time, in seconds; `moves`: when the host went on to the next. Null when
// they never did, for then nobody knows.
export function overrun(plan, moves, seconds) {
  if (!moves.length) return null;
  const bounds = [0, ...moves, seconds];
  let over = 0;
  for (let at = 0; at < Math.min(plan.length, bounds.length - 1); at += 1) {
    over += Math.max(0, bounds[at + 1] - bounds[at] - (plan[at].to - plan[at].from));
  }
  return over;
}
