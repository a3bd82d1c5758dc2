import type { Encoding } from "../tokenizer/text-tokenizer.js";

/**
 * How many first tokens all encodings have in common and can share. The rest of each encoding keeps at least one token that differs from its
 * last one. (A classifier reads the last token that is not padding, and a text may end in tokens with padding's id.)
 */
export function sharedTokens(encodings: readonly Pick<Encoding, "ids">[]): number {
  const [first] = encodings;
  if (first === undefined) return 0;
  let shared = Number.POSITIVE_INFINITY;
  for (const { ids } of encodings) {
    shared = Math.min(shared, beforeEnd(ids));
    let alike = 0;
    while (alike < shared && ids[alike] === first.ids[alike]) alike += 1;
    shared = alike;
  }
  return shared;
}

/** Position of the last token that differs from the final token; 0 if there is none. */
function beforeEnd(ids: Int32Array): number {
  const last = ids[ids.length - 1];
  let index = ids.length - 1;
  while (index > 0 && ids[index] === last) index -= 1;
  return Math.max(0, index);
}
