/**
 * Finds the largest whole number in [low, high] for which `holds` is true. `holds` must be true up to some number and false beyond; it
 * is never called with `low`. The search starts at `guess` and moves away in growing steps, so a good guess needs few calls.
 */
export async function largestWhere(
  low: number,
  high: number,
  guess: number,
  holds: (candidate: number) => Promise<boolean>,
): Promise<number> {
  let candidate = Math.min(Math.max(guess, low + 1), high);
  let step = 1;
  // `holds` is true at `yes` and false at `no`.
  let yes = low;
  let no = high + 1;
  while (yes + 1 < no) {
    if (await holds(candidate)) yes = candidate;
    else no = candidate;
    if (yes === low) candidate = Math.max(low + 1, no - step);
    else if (no === high + 1) candidate = Math.min(high, yes + step);
    else candidate = Math.floor((yes + no) / 2);
    step *= 2;
  }
  return yes;
}
