/**
 * Tokenizer settings of the architectures. They come from the architectures' records, so that a new architecture with an
 * existing tokenizer pipeline changes nothing here.
 */
export interface ArchitectureTokenizers {
  /** transformers' tokenizer class of a model type, for repositories that name none (TOKENIZER_MAPPING_NAMES of 5.24). */
  readonly classes: ReadonlyMap<string, string>;
  /** Class names that are aliases in transformers, with the class that each means. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Model types that number their positions from the padding id + 1 on. */
  readonly positionsAfterPadding: ReadonlySet<string>;
}

/** For tokenizers that depend only on their files. */
export const NO_ARCHITECTURES: ArchitectureTokenizers = {
  classes: new Map(),
  aliases: new Map(),
  positionsAfterPadding: new Set(),
};
