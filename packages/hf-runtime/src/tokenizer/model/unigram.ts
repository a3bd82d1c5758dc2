import type { ModelKind } from "./model.js";
import { buildUnigramTables, type UnigramJson } from "./unigram/build-unigram-tables.js";
import { UnigramModel } from "./unigram-model.js";

/** SentencePiece's model: the likeliest pieces of the vocabulary. */
export const unigram = {
  type: "Unigram",
  async create(json: UnigramJson): Promise<UnigramModel | undefined> {
    const tables = await buildUnigramTables(json);
    return tables && new UnigramModel(tables);
  },
} satisfies ModelKind<UnigramJson>;
