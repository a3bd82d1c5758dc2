import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  bindSignal,
  checkCount,
  checkEmbeddings,
  checkFunction,
  checkKnownOptions,
  checkNumber,
  InvalidOptionError,
  orderByScore,
} from "@secondpass/core";
import { checkKey } from "./check-key.js";
import { cosineSimilarity, type SimilarityFunction } from "./cosine-similarity.js";
import { embedDocuments } from "./embed-documents.js";
import { RunnableDocumentCompressor } from "./runnable-document-compressor.js";
import { withMetadata } from "./with-metadata.js";

export interface EmbeddingsFilterFields {
  readonly embeddings: EmbeddingsInterface;
  /** @default cosineSimilarity */
  readonly similarityFn?: SimilarityFunction;
  /**
   * How many documents to return, most similar first. Minimum 1; `null` returns all that are above the
   * `similarityThreshold`, which is then required. @default 20
   */
  readonly k?: number | null;
  /** A document must be more similar to the query than this, on the scale of `similarityFn`. @default none */
  readonly similarityThreshold?: number;
  /** Metadata field that receives the similarity. @default "querySimilarityScore" */
  readonly scoreKey?: string;
}

const FIELDS = [
  "embeddings",
  "similarityFn",
  "k",
  "similarityThreshold",
  "scoreKey",
] as const satisfies readonly (keyof EmbeddingsFilterFields)[];

/**
 * Drops documents whose embedding is not similar enough to the query's, and puts the most similar first.
 *
 * @example
 * const filter = new EmbeddingsFilter({ embeddings, k: null, similarityThreshold: 0.3 });
 * const similar = await filter.compressDocuments(documents, "How tall is Mont Blanc?");
 */
export class EmbeddingsFilter extends RunnableDocumentCompressor {
  static override lc_name(): string {
    return "EmbeddingsFilter";
  }

  readonly embeddings: EmbeddingsInterface;
  readonly similarityFn: SimilarityFunction;
  readonly k: number | null;
  readonly similarityThreshold: number | undefined;
  readonly scoreKey: string;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if `k` is null and there is no threshold, or a value is invalid
   */
  constructor(fields: EmbeddingsFilterFields) {
    checkKnownOptions(fields, FIELDS, "EmbeddingsFilter");
    super(fields);
    this.embeddings = checkEmbeddings(fields?.embeddings);
    this.similarityFn = checkFunction("similarityFn", fields.similarityFn) ?? cosineSimilarity;
    this.k = fields.k === null ? null : checkCount("k", fields.k ?? 20);
    this.similarityThreshold =
      fields.similarityThreshold === undefined
        ? undefined
        : checkNumber("similarityThreshold", fields.similarityThreshold);
    if (this.k === null && this.similarityThreshold === undefined) {
      throw new InvalidOptionError("k", "a number if no `similarityThreshold` is given", null);
    }
    this.scoreKey = checkKey("scoreKey", fields.scoreKey ?? "querySimilarityScore");
  }

  protected override async compress(
    documents: readonly DocumentInterface[],
    query: string,
    { signal }: RunnableConfig,
  ): Promise<DocumentInterface[]> {
    const vectors = await embedDocuments(this.embeddings, documents, signal);
    signal?.throwIfAborted();
    const queryVector = await bindSignal(this.embeddings, signal).embedQuery(query);
    const similarities = this.similarityFn([queryVector], vectors)[0] as number[];
    const { similarityThreshold = Number.NEGATIVE_INFINITY } = this;
    return orderByScore(similarities)
      .slice(0, this.k ?? documents.length)
      .filter((index) => (similarities[index] as number) > similarityThreshold)
      .map((index) =>
        withMetadata(documents[index] as DocumentInterface, this.scoreKey, similarities[index]),
      );
  }
}
