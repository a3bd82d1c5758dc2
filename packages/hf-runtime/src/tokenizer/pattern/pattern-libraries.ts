import type { RegExpParser } from "@eslint-community/regexpp";
import type { Tokenizer } from "@huggingface/tokenizers";

/** The classes that are used of these libraries. */
interface PatternLibraries {
  readonly RegExpParser: typeof RegExpParser;
  readonly Tokenizer: typeof Tokenizer;
}

let loaded: PatternLibraries | undefined;

/**
 * Loads the libraries that compile a tokenizer's patterns and compute rare kinds of models. They are not imported at the start, because
 * BERT's tokenizers need neither, and importing them takes a third of this package's time.
 */
export async function loadPatternLibraries(): Promise<void> {
  if (loaded !== undefined) return;
  const [{ RegExpParser }, { Tokenizer }] = await Promise.all([
    import("@eslint-community/regexpp"),
    import("@huggingface/tokenizers"),
  ]);
  loaded = { RegExpParser, Tokenizer };
}

/** The libraries. @throws Error if {@link loadPatternLibraries} has not resolved yet */
export function patternLibraries(): PatternLibraries {
  if (loaded === undefined) throw new Error("The libraries of patterns are not loaded.");
  return loaded;
}
