import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { index } from "@langchain/core/indexing";
import { FakeEmbeddings, MemoryRecords } from "@secondpass/test-kit";
import { HybridStore } from "../../src/store/index.js";

const page = (pageContent: string, source = "a.txt") =>
  new Document({ pageContent, metadata: { source, deep: { x: 1 } } });

/** The texts that each half finds for a word. */
async function found(store: HybridStore, word: string): Promise<string[][]> {
  const texts = async (mode: "lexical" | "dense") =>
    (await store.search(word, { mode, k: 9 })).map(({ document }) => document.pageContent).sort();
  return [await texts("lexical"), await texts("dense")];
}

test.each(["incremental", "full"] as const)(
  "a HybridStore follows its sources by LangChain's `index`: %s",
  async (cleanup) => {
    const vectorStore = new HybridStore(new FakeEmbeddings());
    const recordManager = new MemoryRecords({});
    const options = { cleanup, sourceIdKey: "source", batchSize: 2 };
    const follow = (docsSource: Document[]) => index({ docsSource, recordManager, vectorStore, options });
    const first = await follow([page("one pear"), page("two pears"), page("one pear")]);
    expect(first).toMatchObject({ numAdded: 2, numDeleted: 0 });
    const second = await follow([page("two pears"), page("three pears")]);
    expect(second).toMatchObject({ numAdded: 1, numSkipped: 1, numDeleted: 1 });
    const left = ["three pears", "two pears"];
    expect(await found(vectorStore, "pear")).toEqual([left, left]);
    expect(await follow([page("three pears")])).toMatchObject({ numDeleted: 1 });
    expect(await found(vectorStore, "pear")).toEqual([["three pears"], ["three pears"]]);
  },
);

test.each(["undefined", "incremental", "full"])(
  "`index` with forceUpdate replaces both halves of a HybridStore: %s",
  async (cleanup) => {
    const script = join(__dirname, "index-with-force-update.cjs");
    // The child needs built code.
    const dist = join(__dirname, "../../dist/store.cjs");
    const { stdout } = await promisify(execFile)(process.execPath, [script, dist, cleanup]);
    expect(JSON.parse(stdout)).toEqual({
      first: expect.objectContaining({ numAdded: 3, numUpdated: 0 }),
      second: expect.objectContaining({ numAdded: 1, numUpdated: 3, numDeleted: 0 }),
      size: 4,
      similarity: 1,
      // Another document with a stored id is still an error, and changes neither half.
      stolen: "DuplicateIdError",
      pears: ["green pear", "red pear", "yellow pear"],
      plums: ["plum"],
    });
  },
);
