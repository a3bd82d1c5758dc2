import type { Found } from "../lexical/best-documents.js";
import type { LexicalIndex } from "../lexical/lexical-index.js";

/** Maximum number of documents that the filter receives in one call. */
const MAX_FILTERED = 4096;

/**
 * Finds the best documents that pass an asynchronous filter: runs the filter on the best documents, and on more and more of them, until k pass.
 * @param filter returns whether the documents of these slots pass, in their order
 */
export async function searchFiltered(
  index: LexicalIndex,
  question: string,
  k: number,
  filter: (slots: readonly number[]) => Promise<readonly boolean[]>,
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  const answers = new Map<number, boolean>();
  for (let wanted = k; ; wanted = Math.max(k, Math.min(wanted * 4, MAX_FILTERED))) {
    const found = await index.search(question, wanted, (slot) => answers.get(slot) ?? true, signal);
    const best = found.slice(0, k);
    if (best.every(([slot]) => answers.has(slot))) return best;
    const open = found.map(([slot]) => slot).filter((slot) => !answers.has(slot));
    const passed = await filter(open);
    for (const [i, slot] of open.entries()) answers.set(slot, passed[i]!);
  }
}
