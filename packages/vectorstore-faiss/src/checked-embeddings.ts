import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { EmbeddingIdentity } from "@secondpass/core";
import { EmbeddingMismatchError } from "./errors/embedding-mismatch-error.js";
import { compareIdentities } from "./identity/compare-identities.js";
import { identityOf } from "./identity/identity-of.js";

/**
 * Embeddings that, after their first use, are compared with those that a store was saved with: a model that was not on this
 * machine when the store was loaded is known only then. If they differ, every call throws.
 * @param current returns the embeddings to use, which may change
 * @param saved what was recorded; if undefined, nothing is compared
 * @param irrelevant fields that may differ
 * @throws EmbeddingMismatchError from both methods
 */
export function checkedEmbeddings(
  current: () => EmbeddingsInterface,
  saved: EmbeddingIdentity | undefined,
  irrelevant: readonly (keyof EmbeddingIdentity)[],
): EmbeddingsInterface {
  let compared: EmbeddingsInterface | undefined;
  let comparison: Promise<void> | undefined;
  const compare = async (known: EmbeddingIdentity, embeddings: EmbeddingsInterface): Promise<void> => {
    const mismatches = compareIdentities(known, await identityOf(embeddings), irrelevant);
    if (mismatches.length > 0) throw new EmbeddingMismatchError(mismatches);
  };
  const embed = async <Vectors>(
    work: (embeddings: EmbeddingsInterface) => Promise<Vectors>,
  ): Promise<Vectors> => {
    const embeddings = current();
    const vectors = await work(embeddings);
    if (saved === undefined) return vectors;
    if (compared !== embeddings) [compared, comparison] = [embeddings, compare(saved, embeddings)];
    await comparison;
    return vectors;
  };
  return {
    embedDocuments: (texts) => embed((embeddings) => embeddings.embedDocuments(texts)),
    embedQuery: (text) => embed((embeddings) => embeddings.embedQuery(text)),
  };
}
