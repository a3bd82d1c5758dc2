import { isRecord } from "../json/is-record.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { AddedTokenJson } from "./json/added-token-json.js";
import { addedTokensJson } from "./json/added-tokens-json.js";
import { isSpecialToken, type SpecialTokenJson } from "./json/special-token-json.js";
import {
  type ExtraTokensJson,
  type SpecialTokensMapJson,
  specialTokensMapJson,
} from "./json/special-tokens-map-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import {
  SPECIAL_TOKEN_NAMES,
  type SpecialTokenName,
  type SpecialTokenNames,
} from "./tokenizer-class/special-token-names.js";

/** A token to add, whose id is not known yet. */
export type NewToken = Omit<AddedTokenJson, "id">;

/** The special and added tokens of a repository's files other than tokenizer.json. They are found in a text before the model sees it. */
export interface SpecialTokens {
  /** Tokens of `added_tokens_decoder` or, in older repositories, added_tokens.json; the ids only order them. */
  readonly added: readonly AddedTokenJson[];
  /** Whether `added` replaces the added tokens of tokenizer.json for classes that build their own tokenizer. */
  readonly replacesFile: boolean;
  /** The named special tokens; null if the model has none of that name. */
  readonly named: Readonly<Partial<Record<SpecialTokenName, NewToken | null>>>;
  /** Special tokens with names that only the model uses. */
  readonly modelSpecific: readonly NewToken[];
  /** Further special tokens; undefined if no file lists any. */
  readonly extra: readonly NewToken[] | undefined;
}

/** Options of {@link readSpecialTokens}. */
export interface SpecialTokensOptions {
  readonly files: ModelFiles;
  /** Folder of the tokenizer's files: ends with a slash, or is empty. */
  readonly prefix: string;
  /** tokenizer_config.json, with the overriding settings. */
  readonly config: TokenizerConfigJson;
  /** Settings that override tokenizer_config.json. */
  readonly overriding: TokenizerConfigJson;
}

/**
 * Reads the special and added tokens of tokenizer_config.json and, if that has no `added_tokens_decoder`, of special_tokens_map.json and
 * added_tokens.json, by the rules of transformers 5.
 */
export async function readSpecialTokens({
  files,
  prefix,
  config,
  overriding,
}: SpecialTokensOptions): Promise<SpecialTokens> {
  const { added_tokens_decoder: decoder } = config;
  const isOlder = decoder == null;
  const [map = {}, list = {}] = isOlder
    ? await Promise.all([
        files.readJson(`${prefix}special_tokens_map.json`, specialTokensMapJson),
        files.readJson(`${prefix}added_tokens.json`, addedTokensJson),
      ])
    : [];
  const listed = extraOf(config, overriding, map);
  const values: Record<string, unknown> = { ...config };
  for (const [name, value] of Object.entries(map)) {
    if (!overriding[name]) values[name] = isRecord(value) ? { ...value, special: true } : value;
  }
  const names = new Map<string, NewToken>();
  for (const [name, value] of Object.entries(values)) {
    if (!name.endsWith("_token") || !isSpecialToken(value)) continue;
    names.set(name, newToken(value));
  }
  const special = new Set([
    ...SPECIAL_TOKEN_NAMES.flatMap((name) => names.get(name)?.content ?? []),
    ...(listed.tokens ?? []).map(({ content }) => content),
  ]);
  const added: AddedTokenJson[] = [
    ...Object.entries(decoder ?? {}).map(([id, token]) => ({ ...newToken(token), id: Number(id) })),
    ...Object.entries(list).map(([content, id]) => {
      const isSpecial = special.has(content);
      return { content, id, special: isSpecial, normalized: !isSpecial };
    }),
  ];
  const known = new Map(added.map((token) => [token.content, token]));
  const named: Partial<Record<SpecialTokenName, NewToken | null>> = {};
  for (const name of SPECIAL_TOKEN_NAMES) {
    const token = names.get(name);
    if (token) named[name] = { ...(known.get(token.content) ?? token), special: true };
    else if (values[name] === null) named[name] = null;
  }
  const others = [...names].filter(([name]) => !(SPECIAL_TOKEN_NAMES as readonly string[]).includes(name));
  return {
    added,
    replacesFile: !isOlder,
    named,
    modelSpecific: [...others.map(([, token]) => token), ...listed.named],
    extra: listed.tokens,
  };
}

/** The named tokens of a repository, or those of its class if the repository names none. */
export function withClassTokens(
  { named }: Pick<SpecialTokens, "named">,
  usual: SpecialTokenNames,
): ReadonlyMap<SpecialTokenName, NewToken> {
  const all = new Map<SpecialTokenName, NewToken>();
  for (const name of SPECIAL_TOKEN_NAMES) {
    const own = named[name];
    const token = own === undefined ? usual[name] : own;
    if (token != null) all.set(name, newToken(token));
  }
  return all;
}

interface ListedTokens {
  readonly tokens: readonly NewToken[] | undefined;
  readonly named: readonly NewToken[];
}

/** The further special tokens. The lists replace each other in the same order as in transformers. */
function extraOf(
  config: TokenizerConfigJson,
  overriding: TokenizerConfigJson,
  map: SpecialTokensMapJson,
): ListedTokens {
  const isRenamed = isEmpty(config.extra_special_tokens) && config.additional_special_tokens != null;
  const own = listOf(isRenamed ? config.additional_special_tokens : config.extra_special_tokens);
  const older = listOf(overriding.additional_special_tokens ?? map.additional_special_tokens);
  const additional =
    older.tokens ?? (isRenamed ? undefined : listOf(config.additional_special_tokens).tokens);
  const newer = isEmpty(overriding.extra_special_tokens) ? listOf(map.extra_special_tokens) : listOf(null);
  const extra = newer.tokens ? [...(own.tokens ?? []), ...newer.tokens] : own.tokens;
  return { tokens: extra ?? additional, named: [...own.named, ...newer.named] };
}

function listOf(list: ExtraTokensJson | null | undefined): ListedTokens {
  if (list == null) return { tokens: undefined, named: [] };
  if (isList(list)) return { tokens: list.map(newToken), named: [] };
  return { tokens: undefined, named: Object.values(list).map(newToken) };
}

function isList(list: ExtraTokensJson): list is readonly SpecialTokenJson[] {
  return Array.isArray(list);
}

function isEmpty(list: ExtraTokensJson | null | undefined): boolean {
  return list == null || (isList(list) ? list.length === 0 : Object.keys(list).length === 0);
}

/** A special token with its flags. A token given as a string is found in text that is not normalized. */
function newToken(token: SpecialTokenJson): NewToken {
  if (typeof token === "string") return { content: token, special: true, normalized: false };
  return { ...flags(token), content: token.content };
}

/** How a token is found in a text. By default, it is found in normalized text unless it is special. */
function flags(token: Exclude<SpecialTokenJson, string>): Partial<NewToken> {
  const { single_word = false, lstrip = false, rstrip = false, special } = token;
  return { single_word, lstrip, rstrip, special: special ?? false, normalized: token.normalized ?? !special };
}
