import { workSlices } from "@secondpass/core";
import type { ModelRunner } from "../modules/model-runner.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { firstTokens } from "./first-tokens.js";
import { listText } from "./list-text.js";
import type { LogitsSource } from "./logits-source.js";

/** Limits in Jina's own code, in tokens and documents. */
const LONGEST_QUERY = 512;
const LONGEST_DOCUMENT = 2048;
const MAX_DOCUMENTS = 125;

/** Documents of one query that are read in one pass. */
interface List {
  /** Positions of the pairs in the caller's list. */
  readonly places: readonly number[];
  readonly text: string;
}

/**
 * Makes the logits of a reranker that reads many documents in one pass: the cosine of each document's vector with the query's. All pairs of one
 * query are read together, so a score depends on the other documents of its query. If the documents do not fit into one pass, there are several;
 * the query's vector is then the mean over the passes, weighted by each pass's best score.
 */
export function listwiseLogits(run: ModelRunner<Float32Array>, tokenizer: TextTokenizer): LogitsSource {
  return async (pairs, { prompt = "", signal, onProgress }) => {
    const groups: List[][] = [];
    const slices = workSlices(signal);
    for (const [query, places] of byQuery(pairs)) {
      const shortQuery = firstTokens(tokenizer, query, LONGEST_QUERY);
      const documents: string[] = [];
      for (const index of places) {
        if (slices.due()) await slices.pause();
        documents.push(firstTokens(tokenizer, pairs[index]![1], LONGEST_DOCUMENT));
      }
      const passes = passesOf(tokenizer, shortQuery, documents);
      groups.push(
        passes.map(([from, to]) => {
          const text = listText(shortQuery, documents.slice(from, to), prompt);
          return { places: places.slice(from, to), text };
        }),
      );
    }
    const rows = (
      await run(
        groups.flat().map(({ text }) => [text]),
        { signal },
      )
    ).values();
    const logits = pairs.map(() => new Float32Array(1));
    for (const lists of groups) {
      const read = lists.map(({ places }) => ({ places, ...vectorsOf(rows.next().value!, places.length) }));
      const query = queryVector(read);
      for (const { places, documents } of read) {
        for (const [i, index] of places.entries()) logits[index]![0] = cosine(query, documents[i]!);
      }
    }
    onProgress?.(pairs.length, pairs.length);
    return logits;
  };
}

/** Positions of the pairs of each query, in the order of the queries' first appearance. */
function byQuery(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, [query]] of pairs.entries()) {
    const known = places.get(query);
    if (known) known.push(index);
    else places.set(query, [index]);
  }
  return places;
}

/** Which documents share a pass. A pass ends when it might not have room for one more document of maximum length. */
function passesOf(
  tokenizer: TextTokenizer,
  query: string,
  documents: readonly string[],
): readonly (readonly [from: number, to: number])[] {
  const capacity = tokenizer.maxLength - 2 * tokenizer.count(query);
  const passes: [number, number][] = [];
  let from = 0;
  let left = capacity;
  for (const [i, document] of documents.entries()) {
    left -= tokenizer.count(document);
    if (i + 1 - from < MAX_DOCUMENTS && left > LONGEST_DOCUMENT) continue;
    passes.push([from, i + 1]);
    from = i + 1;
    left = capacity;
  }
  if (from < documents.length) passes.push([from, documents.length]);
  return passes;
}

/** The vectors of a list. In the row, the query's vector is the first. */
interface ListVectors {
  readonly query: Float32Array;
  readonly documents: readonly Float32Array[];
}

function vectorsOf(row: Float32Array, documents: number): ListVectors {
  const width = row.length / (documents + 1);
  const [query, ...others] = Array.from({ length: documents + 1 }, (_, i) =>
    row.subarray(i * width, (i + 1) * width),
  );
  return { query: query!, documents: others };
}

/** The query's vector over all passes. */
function queryVector(passes: readonly ListVectors[]): Float32Array {
  if (passes.length === 1) return passes[0]!.query;
  const weights = passes.map(({ query, documents }) =>
    Math.max(...documents.map((document) => (1 + cosine(query, document)) / 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return passes[0]!.query.map((_, i) =>
    passes.reduce((sum, { query }, pass) => sum + (query[i]! * weights[pass]!) / total, 0),
  );
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return product / Math.sqrt(squareA * squareB);
}
