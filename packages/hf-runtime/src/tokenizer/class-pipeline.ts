import type { ComponentJson } from "./json/component-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";

type Pipeline = Pick<TokenizerJson, "normalizer" | "pre_tokenizer">;

const BERT = {
  model: "WordPiece",
  pipeline: (_json: TokenizerJson, config: TokenizerConfigJson) => bertPipeline(config),
};
const SENTENCE_PIECE = { model: "Unigram", pipeline: sentencePiecePipeline };

/**
 * Classes that take from tokenizer.json its vocabulary, special tokens and SentencePiece's rules, and build the way there
 * by tokenizer_config.json, since transformers 5 (tokenization_bert.py and its like).
 */
const CLASSES: Readonly<
  Record<string, { model: string; pipeline: (json: TokenizerJson, config: TokenizerConfigJson) => Pipeline }>
> = {
  AlbertTokenizer: { model: "Unigram", pipeline: albertPipeline },
  BertTokenizer: BERT,
  CamembertTokenizer: SENTENCE_PIECE,
  DebertaV2Tokenizer: { model: "Unigram", pipeline: debertaPipeline },
  DistilBertTokenizer: BERT,
  MPNetTokenizer: BERT,
  RobertaTokenizer: { model: "BPE", pipeline: robertaPipeline },
  XLMRobertaTokenizer: SENTENCE_PIECE,
};

/**
 * The tokenizer.json of a repository with the normalizer and pre-tokenizer that transformers' class puts in place of the
 * file's.
 */
export function withClassPipeline(
  json: TokenizerJson,
  config: TokenizerConfigJson,
  kind: string | undefined,
): TokenizerJson {
  const known = Object.hasOwn(CLASSES, kind ?? "") ? CLASSES[kind!] : undefined;
  return known?.model === modelKind(json) ? { ...json, ...known.pipeline(json, config) } : json;
}

function modelKind({ model }: TokenizerJson): string {
  // Older files do not name it.
  return model.type ?? (Array.isArray(model.vocab) ? "Unigram" : "merges" in model ? "BPE" : "WordPiece");
}

/** BERT's, by its settings. */
export function bertPipeline(config: TokenizerConfigJson): Pipeline {
  return {
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars ?? true,
      strip_accents: config.strip_accents ?? null,
      lowercase: config.do_lower_case ?? true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
  };
}

function robertaPipeline(_json: TokenizerJson, config: TokenizerConfigJson): Pipeline {
  const addPrefixSpace = config.add_prefix_space ?? false;
  return { normalizer: null, pre_tokenizer: { type: "ByteLevel", add_prefix_space: addPrefixSpace } };
}

function sentencePiecePipeline(json: TokenizerJson, config: TokenizerConfigJson): Pipeline {
  const [precompiled = null] = precompiledOf(json);
  return { normalizer: precompiled, pre_tokenizer: wordsWithPrefix(config) };
}

function albertPipeline(json: TokenizerJson, config: TokenizerConfigJson): Pipeline {
  const quote = (from: string) => ({ type: "Replace", pattern: { String: from }, content: '"' });
  const normalizers = [
    quote("``"),
    quote("''"),
    ...(config.keep_accents ? [] : [{ type: "NFKD" }, { type: "StripAccents" }]),
    ...((config.do_lower_case ?? true) ? [{ type: "Lowercase" }] : []),
    ...precompiledOf(json),
  ];
  return { normalizer: { type: "Sequence", normalizers }, pre_tokenizer: wordsWithPrefix(config) };
}

function debertaPipeline(_json: TokenizerJson, config: TokenizerConfigJson): Pipeline {
  const scheme = (config.add_prefix_space ?? true) ? "always" : "first";
  const normalizers = [
    ...(config.do_lower_case ? [{ type: "Lowercase" }] : []),
    { type: "Replace", pattern: { Regex: "\\s{2,}|[\\n\\r\\t]" }, content: " " },
    { type: "NFC" },
    { type: "Strip", strip_left: false, strip_right: true },
  ];
  const pretokenizers = [
    ...(config.split_by_punct ? [{ type: "Punctuation", behavior: "Isolated" }] : []),
    metaspace(scheme),
  ];
  return {
    normalizer: { type: "Sequence", normalizers },
    pre_tokenizer: { type: "Sequence", pretokenizers },
  };
}

function wordsWithPrefix(config: TokenizerConfigJson): ComponentJson {
  const scheme = (config.add_prefix_space ?? true) ? "always" : "never";
  return { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace(scheme)] };
}

function metaspace(scheme: string): ComponentJson {
  return { type: "Metaspace", replacement: "▁", prepend_scheme: scheme, split: true };
}

/** The first Precompiled normalizer of the file that has rules, alone or in a sequence. */
function precompiledOf({ normalizer }: TokenizerJson): readonly ComponentJson[] {
  const parts =
    normalizer?.type === "Sequence" ? (normalizer.normalizers as readonly ComponentJson[]) : [normalizer];
  const found = parts.find((part) => part?.type === "Precompiled" && part.precompiled_charsmap);
  return found ? [found] : [];
}
