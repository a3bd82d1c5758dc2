import { expect, test } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { rowsPerPiece, VectorPieces } from "../../src/contents/vector-pieces.js";
import { FaissStore } from "../../src/faiss-store.js";

/** So long that two vectors fill a piece. */
const DIMENSIONS = 2 ** 18;

/** The first element is the vector's number. */
const vectorOf = (number: number) => new Float32Array(DIMENSIONS).fill(1).with(0, number);
const numbers = Array.from({ length: 5 }, (_, i) => i);
const ids = numbers.map(String);
const documents = ids.map((pageContent) => new Document({ pageContent }));
const noEmbeddings = new FakeEmbeddings();

test("vectors are packed in order into pieces of whole rows", async () => {
  const packed = await VectorPieces.of(numbers.map(vectorOf), 5);
  expect(rowsPerPiece(DIMENSIONS)).toBe(2);
  expect(packed.pieces.map((piece) => piece.length / DIMENSIONS)).toEqual([2, 2, 1]);
  const joined = await packed.joined();
  expect(numbers.map((i) => joined[i * DIMENSIONS])).toEqual(numbers);
});

test("an error about NaN names its row, in any piece", async () => {
  for (const row of numbers) {
    const vectors = numbers.map((i) => (i === row ? vectorOf(i).with(7, Number.NaN) : vectorOf(i)));
    await expect((await VectorPieces.of(vectors, 5)).check()).rejects.toThrow(`row ${row}, element 7`);
  }
});

test.each([
  ["a flat index", {}],
  [
    "an IVF index, which is trained with all of them",
    { index: { kind: "ivf", nlist: 2, nprobe: 2 } as const },
  ],
  ["a normalized one", { normalizeL2: true }],
])("%s finds the vectors of all pieces, also after merging and in slices", async (_title, options) => {
  const source = new FaissStore(noEmbeddings, options);
  await source.addVectors(numbers.map(vectorOf), documents, { ids });
  const copy = new FaissStore(noEmbeddings, options);
  await copy.mergeFrom(source);
  await source.delete({ ids: ["1"] });
  const merged = new FaissStore(noEmbeddings, options);
  await merged.mergeFrom(source);
  for (const number of numbers) {
    const [[found, score] = []] = await copy.similaritySearchVectorWithScore(vectorOf(number), 1);
    expect([found?.id, score]).toEqual([String(number), 0]);
  }
  const [[third] = []] = await merged.similaritySearchVectorWithScore(vectorOf(3), 1);
  expect([merged.size, third?.id]).toEqual([4, "3"]);
});
