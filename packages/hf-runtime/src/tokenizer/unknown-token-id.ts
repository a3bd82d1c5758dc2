import type { TextTokenizer } from "./text-tokenizer.js";

/** Letters of two scripts that no vocabulary has: if both become the same token, it is the unknown token. */
const RARE = ["\u{12000}", "\u{10330}"] as const;

const unknownIds = new WeakMap<TextTokenizer, { readonly id: number | undefined }>();

/** Id of the token for text that the vocabulary lacks; undefined if such text becomes tokens of its bytes. */
export function unknownTokenId(tokenizer: TextTokenizer): number | undefined {
  let found = unknownIds.get(tokenizer);
  if (found === undefined) {
    const [one, other] = RARE.map((letter) =>
      tokenizer.encode(letter, undefined, { addSpecialTokens: false }).ids.at(-1),
    );
    found = { id: one === other ? one : undefined };
    unknownIds.set(tokenizer, found);
  }
  return found.id;
}
