import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../src/faiss-store.js";

/** Python with LangChain and faiss: scripts/services/python.mjs installs it. */
const PYTHON = process.env.SECONDPASS_PYTHON ?? "python3";

describe("a store that was saved for Python", () => {
  it("gives the same documents, metadata and distances in LangChain Python", async () => {
    const folder = await mkdtemp(join(tmpdir(), "faiss-python-"));
    try {
      // The record of embeddings is after the pickle's end.
      const embeddings = Object.assign(new FakeEmbeddings({ dimensions: 3 }), { model: "é 🍐" });
      const store = new FaissStore(embeddings);
      const vectors = [
        [0, 0, 1],
        [0, 3, 4],
        [1, 0, 0],
        [9, 9, 9],
      ];
      const documents = vectors.map(
        (_, index) =>
          new Document({
            id: `id ${index}`,
            pageContent: `é 🍐 ${index}`,
            metadata: { index, nested: { list: [1, null] } },
          }),
      );
      await store.addVectors(vectors, documents);
      await store.saveForPython(folder);
      const query = [0, 0, 0];
      const script = join(__dirname, "load-in-python.py");
      const found = JSON.parse(
        execFileSync(PYTHON, [script, folder, JSON.stringify(query)], { encoding: "utf8" }),
      );
      const here = await store.similaritySearchVectorWithScore(query, 3);
      expect(found).toEqual(
        here.map(([{ id, pageContent, metadata }, score]) => [id, pageContent, metadata, score]),
      );
      expect(found).toHaveLength(3);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
