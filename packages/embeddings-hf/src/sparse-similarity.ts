import { checkSparseEmbedding } from "./check-sparse-embedding.js";
import type { SparseEmbedding } from "./hugging-face-sparse-embeddings.js";

/**
 * Computes the dot product of two sparse vectors, the similarity of SPLADE models: higher is better.
 *
 * @throws {InvalidOptionError} if one is not a sparse vector
 *
 * @example
 * const [query, document] = [await embeddings.embedQuery("a"), (await embeddings.embedDocuments(["b"]))[0]];
 * const score = sparseSimilarity(query, document);
 */
export function sparseSimilarity(a: Readonly<SparseEmbedding>, b: Readonly<SparseEmbedding>): number {
  checkSparseEmbedding("a", a);
  checkSparseEmbedding("b", b);
  let sum = 0;
  for (let i = 0, j = 0; i < a.indices.length && j < b.indices.length; ) {
    const order = a.indices[i]! - b.indices[j]!;
    if (order === 0) sum += a.values[i]! * b.values[j]!;
    // An index that is not a number ends the loop too.
    if (!(order > 0)) i++;
    if (!(order < 0)) j++;
  }
  return sum;
}
