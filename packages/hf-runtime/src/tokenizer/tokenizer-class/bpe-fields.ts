import type { ModelJson } from "../json/model-json.js";

/** What a class makes of a BPE model: nothing but its vocabulary and merges count. */
export const bpeFields: Partial<ModelJson> = {
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
  dropout: null,
};
