import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import fc from "fast-check";

/** The part of embeddings that the suite uses; LangChain's fit. */
export interface EmbeddingsUnderTest extends EmbeddingsInterface {
  dispose?(): Promise<void>;
  /** Identity of the embeddings' vectors, if they have one. */
  embeddingIdentity?(): object | Promise<object>;
}

/** Fields of an identity, with their types. */
const IDENTITY_TYPES: Readonly<Record<string, string>> = {
  model: "string",
  revision: "string",
  fingerprint: "string",
  queryPrompt: "string",
  documentPrompt: "string",
  normalized: "boolean",
  dimensions: "number",
};

export interface EmbeddingsSuiteOptions {
  /** Called once for the whole suite. */
  readonly create: () => EmbeddingsUnderTest | Promise<EmbeddingsUnderTest>;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Texts of different length. @default English and Korean, an emoji, newlines, an empty text */
  readonly texts?: readonly string[];
  /** Largest difference of an element between a text alone and in a batch. @default 0 */
  readonly batchTolerance?: number;
}

const TEXTS = [
  "Save the index to a folder and load it again later.",
  "index",
  "",
  "색인을 폴더에 저장하고 다시 불러옵니다 😀.",
  "Two lines\nof text, and many more words than the others have, so that batches must pad or sort by length.",
];

/** Tests the laws of all embeddings. Call it inside a `describe`. */
export function embeddingsSuite({
  create,
  dimensions,
  texts = TEXTS,
  batchTolerance = 0,
}: EmbeddingsSuiteOptions): void {
  describe("as embeddings", () => {
    let embeddings: EmbeddingsUnderTest;
    beforeAll(async () => {
      embeddings = await create();
    });
    afterAll(() => embeddings.dispose?.());

    const expectNear = (actual: readonly number[] | undefined, expected: readonly number[] | undefined) => {
      const differences = (actual ?? []).map((value, i) => Math.abs(value - (expected?.[i] ?? Number.NaN)));
      expect(differences).toHaveLength(dimensions);
      expect(Math.max(...differences)).toBeLessThanOrEqual(batchTolerance);
    };

    it("returns a plain array of finite numbers for each text, all of one length", async () => {
      const vectors = await embeddings.embedDocuments([...texts]);
      expect(vectors).toHaveLength(texts.length);
      for (const vector of [...vectors, await embeddings.embedQuery("index")]) {
        expect(Array.isArray(vector)).toBe(true);
        expect(vector).toHaveLength(dimensions);
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    });

    it("returns an empty list for no texts", async () => {
      expect(await embeddings.embedDocuments([])).toEqual([]);
    });

    it("embeds a text alone as in a batch", async () => {
      const together = await embeddings.embedDocuments([...texts]);
      for (const [index, text] of texts.entries()) {
        const [alone] = await embeddings.embedDocuments([text]);
        expectNear(alone, together[index]);
      }
    });

    it("keeps the caller's order, whatever it is", async () => {
      const vectors = await embeddings.embedDocuments([...texts]);
      const picksOfTexts = fc.array(fc.nat({ max: texts.length - 1 }), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(picksOfTexts, async (picks) => {
          const picked = await embeddings.embedDocuments(picks.map((pick) => texts[pick] as string));
          picks.forEach((pick, position) => void expectNear(picked[position], vectors[pick]));
        }),
        { numRuns: 8, seed: 1 },
      );
    });

    it("embeds different texts differently", async () => {
      const [first, second] = await embeddings.embedDocuments([texts[0] as string, texts[1] as string]);
      expect(first).not.toEqual(second);
    });

    it("has an identity that never changes, and that agrees with its vectors", async () => {
      const vectors = await embeddings.embedDocuments([...texts]);
      const identity = (await embeddings.embeddingIdentity?.()) ?? {};
      expect((await embeddings.embeddingIdentity?.()) ?? {}).toEqual(identity);
      const known = JSON.parse(JSON.stringify(identity)) as Readonly<Record<string, unknown>>;
      for (const [field, value] of Object.entries(known)) expect(typeof value).toBe(IDENTITY_TYPES[field]);
      expect(known.dimensions ?? dimensions).toBe(dimensions);
      if (known.normalized !== true) return;
      for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    });

    it("does not change the caller's list", async () => {
      const frozen = Object.freeze([...texts]) as string[];
      await expect(embeddings.embedDocuments(frozen)).resolves.toHaveLength(texts.length);
    });

    it("returns the same to calls that run at the same time", async () => {
      const expected = await embeddings.embedDocuments([...texts]);
      const [queries, documents] = await Promise.all([
        Promise.all(texts.map((text) => embeddings.embedQuery(text))),
        Promise.all(texts.map((text) => embeddings.embedDocuments([text]))),
      ]);
      documents.forEach(([vector], i) => void expectNear(vector, expected[i]));
      for (const [i, text] of texts.entries()) expectNear(await embeddings.embedQuery(text), queries[i]);
    });
  });
}
