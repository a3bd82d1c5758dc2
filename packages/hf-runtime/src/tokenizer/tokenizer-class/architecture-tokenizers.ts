/**
 * What the architectures say about the tokenizers of their repositories. The records of the architectures carry it, so that a
 * new one whose tokenizer's pipeline exists changes nothing here.
 */
export interface ArchitectureTokenizers {
  /** transformers' tokenizer class of a model type, for repositories that name none (TOKENIZER_MAPPING_NAMES of 5.24). */
  readonly classes: ReadonlyMap<string, string>;
  /** Names of classes that are another class in transformers, and that class. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Model types that number their positions from the padding id + 1 on. */
  readonly positionsAfterPadding: ReadonlySet<string>;
}

/** For tokenizers that go by their files alone. */
export const NO_ARCHITECTURES: ArchitectureTokenizers = {
  classes: new Map(),
  aliases: new Map(),
  positionsAfterPadding: new Set(),
};
