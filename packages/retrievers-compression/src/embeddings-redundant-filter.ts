import { BaseDocumentTransformer, type Document, type DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  checkDocuments,
  checkEmbeddings,
  checkFunction,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
} from "@secondpass/core";
import { cosineSimilarity, type SimilarityFunction } from "./cosine-similarity.js";
import { embedDocuments } from "./embed-documents.js";

export interface EmbeddingsRedundantFilterFields {
  readonly embeddings: EmbeddingsInterface;
  /** @default cosineSimilarity */
  readonly similarityFn?: SimilarityFunction;
  /** Documents that are more similar than this are redundant. @default 0.95 */
  readonly similarityThreshold?: number;
  /** Which of two redundant documents stays, by their position in the list. Python keeps the last. @default "last" */
  readonly keep?: "first" | "last";
}

const FIELDS = [
  "embeddings",
  "similarityFn",
  "similarityThreshold",
  "keep",
] as const satisfies readonly (keyof EmbeddingsRedundantFilterFields)[];

/**
 * Drops documents that are redundant with another one; the others keep their order.
 *
 * @example
 * const filter = new EmbeddingsRedundantFilter({ embeddings, similarityThreshold: 0.9, keep: "first" });
 * const distinct = await filter.transformDocuments(documents);
 */
export class EmbeddingsRedundantFilter extends BaseDocumentTransformer {
  override lc_namespace = ["secondpass", "retrievers_compression"];

  static override lc_name(): string {
    return "EmbeddingsRedundantFilter";
  }

  readonly embeddings: EmbeddingsInterface;
  readonly similarityFn: SimilarityFunction;
  readonly similarityThreshold: number;
  readonly keep: "first" | "last";

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} if a field has an invalid value */
  constructor(fields: EmbeddingsRedundantFilterFields) {
    checkKnownOptions(fields, FIELDS, "EmbeddingsRedundantFilter");
    super(fields);
    this.embeddings = checkEmbeddings(fields?.embeddings);
    this.similarityFn = checkFunction("similarityFn", fields.similarityFn) ?? cosineSimilarity;
    this.similarityThreshold = checkNumber("similarityThreshold", fields.similarityThreshold ?? 0.95);
    this.keep = checkOneOf("keep", fields.keep ?? "last", ["first", "last"]);
  }

  override transformDocuments(documents: DocumentInterface[]): Promise<Document[]> {
    return this.invoke(documents);
  }

  override invoke(documents: DocumentInterface[], options?: Partial<RunnableConfig>): Promise<Document[]> {
    return this._callWithConfig(
      async (input: DocumentInterface[], config) => {
        checkDocuments(input);
        if (input.length === 0) return [];
        config?.signal?.throwIfAborted();
        const vectors = await embedDocuments(this.embeddings, input, config?.signal);
        const dropped = this.redundant(this.similarityFn(vectors, vectors));
        return input.filter((_, index) => !dropped.has(index));
      },
      documents,
      options,
    );
  }

  /** Indices of the documents to drop: one of each pair that is too similar, the most similar pairs first, unless the other one is already dropped. */
  private redundant(similarities: readonly (readonly number[])[]): Set<number> {
    const pairs: { earlier: number; later: number; similarity: number }[] = [];
    for (const [later, row] of similarities.entries()) {
      for (let earlier = 0; earlier < later; earlier++) {
        const similarity = row[earlier] as number;
        if (similarity > this.similarityThreshold) pairs.push({ earlier, later, similarity });
      }
    }
    const dropped = new Set<number>();
    for (const { earlier, later } of pairs.sort((a, b) => b.similarity - a.similarity)) {
      if (dropped.has(earlier) || dropped.has(later)) continue;
      dropped.add(this.keep === "last" ? earlier : later);
    }
    return dropped;
  }
}
