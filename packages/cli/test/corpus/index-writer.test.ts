import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { CorpusIndex } from "../../src/corpus/corpus-index.js";
import type { CorpusSettings } from "../../src/corpus/corpus-settings.js";
import { IndexWriter, type UpdateOptions } from "../../src/corpus/index-writer.js";
import { openEmbedder } from "../../src/corpus/open-embedder.js";
import { InterruptedError } from "../../src/errors/interrupted-error.js";
import { CorpusFolder } from "../corpus-folder.js";

jest.setTimeout(60_000);

const embeddings = openEmbedder({ embedder: "mini-embedder", revision: undefined });
afterAll(() => embeddings.dispose());

function settingsOf({ texts }: CorpusFolder): CorpusSettings {
  return {
    corpus: texts,
    globs: [],
    excluded: [],
    encoding: undefined,
    embedder: "mini-embedder",
    revision: undefined,
    chunkSize: 20,
    chunkOverlap: 4,
  };
}

const update = (corpus: CorpusFolder, folder: string, options: UpdateOptions = {}) =>
  IndexWriter.use({ folder, settings: settingsOf(corpus), embeddings }, (writer) => writer.update(options));

/** Passages of an index, by id. */
async function passages(folder: string): Promise<Map<string, unknown>> {
  await using index = await CorpusIndex.open(folder, { usesVectors: false });
  const found = new Map<string, unknown>();
  for await (const { id, pageContent, metadata } of index.store.allDocuments()) {
    expect(found.has(id as string)).toBe(false);
    found.set(id as string, { pageContent, metadata });
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const files = fc.dictionary(
  fc.constantFrom("a.md", "b.txt", "c/d.md", "c/e.html"),
  fc.array(fc.constantFrom("one", "two\n\n", "three ", "<p>four", "# five\n", "six\r\n"), { maxLength: 12 }),
  { minKeys: 1, noNullPrototype: true },
);

describe("an index", () => {
  it("after any changes, in any number of runs, interrupted anywhere, equals the index that one run makes of the last state", async () => {
    const run = async (states: Record<string, string[]>[], cuts: number[]) => {
      const corpus = new CorpusFolder({ "always.txt": "kept" });
      try {
        for (const [i, state] of states.entries()) {
          for (const name of readdirSync(corpus.texts)) if (name !== "always.txt") corpus.remove(name);
          for (const [name, words] of Object.entries(state)) corpus.write(name, words.join(""));
          const cut = new AbortController();
          let left = cuts[i] ?? 0;
          const onProgress = () => {
            if (left-- === 0 && i < states.length - 1) cut.abort(new InterruptedError(130));
          };
          await update(corpus, corpus.index, { signal: cut.signal, onProgress, checkpointMs: 0 }).catch(
            (error) => {
              expect(error).toBeInstanceOf(InterruptedError);
            },
          );
        }
        const fresh = join(corpus.root, "fresh");
        await update(corpus, fresh);
        expect(await passages(corpus.index)).toEqual(await passages(fresh));
        expect(readdirSync(corpus.index)).toHaveLength(2);
      } finally {
        corpus.dispose();
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(files, { minLength: 2, maxLength: 4 }),
        fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }),
        run,
      ),
      { numRuns: 12 },
    );
  });

  it("stays as it was if a run is interrupted, and the next run continues the work", async () => {
    const corpus = new CorpusFolder({ "a.txt": "first" });
    await update(corpus, corpus.index);
    const before = await passages(corpus.index);
    for (let i = 0; i < 5; i++) corpus.write(`${i}.txt`, `text ${i}`);
    const cut = new AbortController();
    const onProgress = ({ step, ...rest }: { step: string; source?: string }) => {
      if (step === "embed" && rest.source === "3.txt") cut.abort(new InterruptedError(130));
    };
    const options = { signal: cut.signal, onProgress, checkpointMs: 0 };
    await expect(update(corpus, corpus.index, options)).rejects.toThrow(InterruptedError);
    expect(await passages(corpus.index)).toEqual(before);

    const report = await update(corpus, corpus.index);
    expect(report).toMatchObject({ passages: 6, unchanged: 4, added: 2 });
    expect((await passages(corpus.index)).size).toBe(6);
    corpus.dispose();
  });

  it("has one writer at a time", async () => {
    const corpus = new CorpusFolder({ "a.txt": "first" });
    const order: string[] = [];
    await Promise.all(
      [1, 2].map((run) =>
        IndexWriter.use(
          { folder: corpus.index, settings: settingsOf(corpus), embeddings },
          async (writer) => {
            order.push(`begin ${run}`);
            await writer.update();
            order.push(`end ${run}`);
          },
        ),
      ),
    );
    expect(order).toEqual(["begin 1", "end 1", "begin 2", "end 2"]);
    corpus.dispose();
  });
});
