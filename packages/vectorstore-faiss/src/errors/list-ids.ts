/** Number of ids that a message shows. */
const IDS_SHOWN = 5;

/** Lists ids for a message: `"a", "b" and 3 more`. */
export function listIds(ids: readonly string[]): string {
  const shown = ids.slice(0, IDS_SHOWN).map((id) => JSON.stringify(id));
  const rest = ids.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
