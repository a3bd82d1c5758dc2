/**
 * Returns the length of a slow test: `full` in `npm run test:slow` (SECONDPASS_SLOW=1), `short` in `npm test`, where all slow tests together should
 * take about 30 seconds.
 */
export function slowLength({ short, full }: { readonly short: number; readonly full: number }): number {
  return process.env.SECONDPASS_SLOW === "1" ? full : short;
}
