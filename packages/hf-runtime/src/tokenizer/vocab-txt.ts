import { bertPipeline } from "./class-pipeline.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";

const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/**
 * What transformers builds for a BERT repository that holds only `vocab.txt`: a token a line, numbered from 0.
 * @returns undefined where the vocabulary is not BERT's
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
    ...bertPipeline(config),
    post_processor: { type: "BertProcessing", cls: ["[CLS]", cls], sep: ["[SEP]", sep] },
    model: { type: "WordPiece", vocab, unk_token: "[UNK]" },
  };
}
