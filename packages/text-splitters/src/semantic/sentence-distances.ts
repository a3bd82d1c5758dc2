import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { bindSignal, raceWithSignal, workSlices } from "@secondpass/core";
import { InvalidVectorsError } from "../errors/invalid-vectors-error.js";
import { cosineDistance } from "./cosine-distance.js";

/** How sentences are embedded. */
export interface SentenceDistanceOptions {
  /** Number of sentences on either side that are embedded with each sentence. 0 or more. */
  readonly bufferSize: number;
  /** Texts for each call of `embedDocuments`. Minimum 1. */
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Computes the cosine distance between each sentence and the next, each embedded with its neighbours: [n] → [n - 1]. Keeps the vectors
 * of one batch at a time.
 *
 * @throws {InvalidVectorsError}
 */
export async function sentenceDistances(
  sentences: readonly string[],
  embeddings: EmbeddingsInterface,
  { bufferSize, batchSize, signal }: SentenceDistanceOptions,
): Promise<number[]> {
  const bound = bindSignal(embeddings, signal);
  const slices = workSlices(signal);
  const distances: number[] = [];
  let previous: readonly number[] | undefined;
  for (let start = 0; start < sentences.length; start += batchSize) {
    const end = Math.min(start + batchSize, sentences.length);
    const texts: string[] = [];
    for (let index = start; index < end; index++) {
      texts.push(sentences.slice(Math.max(index - bufferSize, 0), index + bufferSize + 1).join(" "));
      if (slices.due()) await slices.pause();
    }
    const vectors = await raceWithSignal(bound.embedDocuments(texts), signal);
    checkVectors(vectors, texts.length, previous?.length);
    for (const vector of vectors) {
      if (previous !== undefined) distances.push(cosineDistance(previous, vector));
      previous = vector;
      if (slices.due()) await slices.pause();
    }
    signal?.throwIfAborted();
  }
  return distances;
}

/** @param dimensions dimensions of earlier vectors. @default those of the first vector */
function checkVectors(vectors: unknown, count: number, dimensions: number | undefined): void {
  const length = Array.isArray(vectors) ? vectors.length : undefined;
  if (length !== count) {
    throw new InvalidVectorsError(
      `${count} vectors, one for each text`,
      length === undefined ? `a value of type ${typeof vectors}` : String(length),
    );
  }
  let expected = dimensions;
  for (const vector of vectors as readonly unknown[]) {
    const found = Array.isArray(vector) || ArrayBuffer.isView(vector) ? (vector as number[]).length : -1;
    expected ??= found;
    if (found !== -1 && found === expected) continue;
    throw new InvalidVectorsError(
      expected === -1 ? "vectors of numbers" : `vectors of ${expected} numbers`,
      found === -1 ? `a value of type ${typeof vector}` : `one of ${found}`,
    );
  }
}
