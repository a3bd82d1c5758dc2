import type { ModelJson } from "../json/model-json.js";

/** The fields that a class sets in a BPE model. It takes only the vocabulary and the merges from the file. */
export const bpeFields: Partial<ModelJson> = {
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
  dropout: null,
};
