/** Ids shown in a message before it says how many more there are. */
const IDS_SHOWN = 5;

/** `"a", "b" and 3 more`. */
export function listIds(ids: readonly string[]): string {
  const shown = ids.slice(0, IDS_SHOWN).map((id) => JSON.stringify(id));
  const rest = ids.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
