import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { bertStages } from "./bert-tokenizer.js";

const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/**
 * The tokenizer that transformers builds for a BERT repository with `vocab.txt` alone: a token a line, numbered from 0.
 * @returns undefined if the vocabulary is not BERT's
 */
export function vocabTxtTokenizer(text: string, config: TokenizerConfigJson): TokenizerJson | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const vocab = Object.fromEntries(lines.map((token, id) => [token, id]));
  const { "[CLS]": cls, "[SEP]": sep, "[UNK]": unknown } = vocab;
  if (cls === undefined || sep === undefined || unknown === undefined) return undefined;
  return {
    added_tokens: SPECIAL_TOKENS.flatMap((content) => {
      const id = vocab[content];
      return id === undefined ? [] : [{ id, content, special: true, normalized: false }];
    }),
    ...bertStages(config),
    post_processor: { type: "BertProcessing", cls: ["[CLS]", cls], sep: ["[SEP]", sep] },
    model: { type: "WordPiece", vocab, unk_token: "[UNK]" },
  };
}
