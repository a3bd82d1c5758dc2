import type { AddedTokenJson } from "./json/added-token-json.js";
import type { NewToken, SpecialTokens } from "./special-tokens.js";

/** The tokens of a model, without those that are added to them. */
export interface BaseVocabulary {
  /** Number of tokens. */
  readonly size: number;
  tokenId(token: string): number | undefined;
}

/** What {@link addedTokens} puts together. */
export interface AddedTokensOptions {
  readonly vocabulary: BaseVocabulary;
  /** `added_tokens` of tokenizer.json. */
  readonly file: readonly AddedTokenJson[];
  /** Whether the class builds its own tokenizer, to which those of the file are not added by themselves. */
  readonly isBuilt: boolean;
  /** Whether tokens of other files that the vocabulary does not have get the ids that these say, as in classes that transformers writes in Python. @default false */
  readonly keepsIds?: boolean | undefined;
  readonly special: SpecialTokens;
  /** Special tokens that have a name, by the files and the class. */
  readonly named: readonly NewToken[];
  /** Further special tokens in place of those of the files. @default those of the files */
  readonly extra?: readonly NewToken[];
}

/**
 * The tokens that are found in a text before the model sees it, with their ids: those of tokenizer.json, those of other files, special
 * tokens that neither has. What the vocabulary does not have gets the next id, as in transformers 5 and `tokenizers`.
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
  // A token of the file goes before one of added_tokens.json with its id; classes that build their own tokenizer add them together.
  const byId = new Map([...added, ...(replacesFile ? [] : file)].map((token) => [token.id, token]));
  for (const [, token] of [...byId].sort(([a], [b]) => a - b)) {
    if (isBuilt || !file.includes(token)) add(isNamed(token), keepsIds ? token.id : undefined);
  }
  for (const token of [...all, ...(special.extra ?? options.extra ?? [])]) {
    if (!tokens.has(token.content)) add(isNamed(token));
  }
  return [...tokens.values()];
}
