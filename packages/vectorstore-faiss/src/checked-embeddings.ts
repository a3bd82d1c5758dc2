import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { EmbeddingIdentity } from "@secondpass/core";
import { EmbeddingMismatchError } from "./errors/embedding-mismatch-error.js";
import { compareIdentities } from "./identity/compare-identities.js";
import { identityOf } from "./identity/identity-of.js";

/**
 * Embeddings that are compared with those that a store was saved with when they have embedded for the first time: a model that was not on this
 * machine when the store was loaded is known only then. If they are others, every call throws.
 * @param saved what was recorded; nothing is compared without it
 * @param irrelevant fields that may differ
 * @throws EmbeddingMismatchError from both methods
 */
export function checkedEmbeddings(
  embeddings: EmbeddingsInterface,
  saved: EmbeddingIdentity | undefined,
  irrelevant: readonly (keyof EmbeddingIdentity)[],
): EmbeddingsInterface {
  if (saved === undefined) return embeddings;
  let comparison: Promise<void> | undefined;
  const compare = async (): Promise<void> => {
    const mismatches = compareIdentities(saved, await identityOf(embeddings), irrelevant);
    if (mismatches.length > 0) throw new EmbeddingMismatchError(mismatches);
  };
  const checked = async <Vectors>(vectors: Vectors): Promise<Vectors> => {
    comparison ??= compare();
    await comparison;
    return vectors;
  };
  return {
    embedDocuments: async (texts) => checked(await embeddings.embedDocuments(texts)),
    embedQuery: async (text) => checked(await embeddings.embedQuery(text)),
  };
}
