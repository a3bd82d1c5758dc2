import type { Found } from "../lexical/best-documents.js";
import type { LexicalIndex } from "../lexical/lexical-index.js";

/** Documents that are asked about at a time, at most. */
const MAX_ASKED = 4096;

/**
 * The best documents of those that pass a filter that cannot answer at once: it is asked about the best, more and more of them, until k pass.
 * @param ask whether the documents of these slots pass, in their order
 */
export async function searchAsked(
  index: LexicalIndex,
  question: string,
  k: number,
  ask: (slots: readonly number[]) => Promise<readonly boolean[]>,
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  const answers = new Map<number, boolean>();
  for (let wanted = k; ; wanted = Math.max(k, Math.min(wanted * 4, MAX_ASKED))) {
    const found = await index.search(question, wanted, (slot) => answers.get(slot) ?? true, signal);
    const best = found.slice(0, k);
    if (best.every(([slot]) => answers.has(slot))) return best;
    const open = found.map(([slot]) => slot).filter((slot) => !answers.has(slot));
    const passed = await ask(open);
    for (const [i, slot] of open.entries()) answers.set(slot, passed[i]!);
  }
}
