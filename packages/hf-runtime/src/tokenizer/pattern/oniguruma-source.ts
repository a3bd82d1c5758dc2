import { patternLibraries } from "./pattern-libraries.js";

/**
 * An Oniguruma pattern in JavaScript's syntax for the flag "u", translated by `@huggingface/tokenizers`.
 * @throws SyntaxError if it cannot be translated
 */
export function onigurumaSource(pattern: string): string {
  const { Tokenizer } = patternLibraries();
  // Upstream exports no translator of patterns: build the smallest tokenizer that holds one.
  const { pre_tokenizer: split } = new Tokenizer(
    {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false },
      post_processor: null,
      decoder: null,
      model: { type: "BPE", vocab: {}, merges: [] },
    },
    {},
  );
  return (split as unknown as { readonly pattern: RegExp }).pattern.source;
}
