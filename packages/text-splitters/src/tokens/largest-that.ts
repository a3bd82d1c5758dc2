/**
 * The largest whole number in [low, high] that satisfies `holds`, which is taken to hold up to some number and not beyond, and is
 * never asked about `low`. Starts at `guess` and looks farther and farther away from it: few questions if the guess is good.
 */
export async function largestThat(
  low: number,
  high: number,
  guess: number,
  holds: (candidate: number) => Promise<boolean>,
): Promise<number> {
  let candidate = Math.min(Math.max(guess, low + 1), high);
  let step = 1;
  // Known: holds at `yes`, does not hold at `no`.
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
