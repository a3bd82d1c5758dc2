import type { AddedTokenJson } from "./json/added-token-json.js";
import type { NewToken, SpecialTokens } from "./special-tokens.js";

/** The model's own vocabulary, without added tokens. */
export interface BaseVocabulary {
  /** Number of tokens. */
  readonly size: number;
  tokenId(token: string): number | undefined;
}

/** Options of {@link addedTokens}. */
export interface AddedTokensOptions {
  readonly vocabulary: BaseVocabulary;
  /** `added_tokens` of tokenizer.json. */
  readonly file: readonly AddedTokenJson[];
  /**
   * Whether the tokenizer class builds its own tokenizer. The tokens of `file` are then added together with those of other files, in the order of their ids.
   */
  readonly isBuilt: boolean;
  /** Whether tokens that the vocabulary lacks keep the ids that other files give them, as in the classes that transformers writes in Python. @default false */
  readonly keepsIds?: boolean | undefined;
  readonly special: SpecialTokens;
  /** Named special tokens (`cls_token`…) of the files and the class. */
  readonly named: readonly NewToken[];
  /** Further special tokens, used if the files list none. @default none */
  readonly extra?: readonly NewToken[];
}

/**
 * Collects the added tokens, which are found in a text before the model sees it, with their ids: those of tokenizer.json, those of
 * other files, and special tokens that neither has. A token that the vocabulary lacks gets the next free id, as in transformers 5 and
 * `tokenizers`.
 */
export function addedTokens(options: AddedTokensOptions): readonly AddedTokenJson[] {
  const { vocabulary, file, isBuilt, keepsIds = false, special, named } = options;
  const { added, replacesFile, modelSpecific } = special;
  const tokens = new Map<string, AddedTokenJson>();
  let next = vocabulary.size;
  const add = (token: NewToken, given?: number): void => {
    const { content } = token;
    if (content === "") return;
    const known = tokens.get(content)?.id ?? vocabulary.tokenId(content);
    const id = given ?? known ?? next;
    // The next id is the number of tokens.
    if (keepsIds) next += known === undefined ? 1 : 0;
    else if (id >= next) next = id + 1;
    tokens.set(content, { ...token, id });
  };
  const all = [...named, ...modelSpecific];
  const namedTokens = new Set(all.map(({ content }) => content));
  const isNamed = (token: NewToken) => (namedTokens.has(token.content) ? { ...token, special: true } : token);

  if (!isBuilt) for (const token of file) add(token);
  // A token of tokenizer.json replaces one of added_tokens.json with the same id. Classes that build their own tokenizer add both together.
  const byId = new Map([...added, ...(replacesFile ? [] : file)].map((token) => [token.id, token]));
  for (const [, token] of [...byId].sort(([a], [b]) => a - b)) {
    if (isBuilt || !file.includes(token)) add(isNamed(token), keepsIds ? token.id : undefined);
  }
  for (const token of [...all, ...(special.extra ?? options.extra ?? [])]) {
    if (!tokens.has(token.content)) add(isNamed(token));
  }
  return [...tokens.values()];
}
