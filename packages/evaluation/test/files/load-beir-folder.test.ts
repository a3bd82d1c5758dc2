import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import { FileFormatError, loadBeirFolder, readBeirCorpus } from "../../src/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "beir-"));
  await mkdir(join(folder, "qrels"));
  await writeFile(
    join(folder, "corpus.jsonl"),
    '{"_id": "d1", "title": "One", "text": "first", "metadata": {"url": "u"}}\n{"_id": 2, "title": "", "text": "second"}\n',
  );
  await writeFile(
    join(folder, "queries.jsonl"),
    '{"_id": "q1", "text": "what?"}\n{"_id": "q2", "text": "unjudged"}\n',
  );
  await writeFile(join(folder, "qrels", "test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("BEIR folders", () => {
  it("gives documents with title and metadata, and the judged queries", async () => {
    const documents = [];
    for await (const document of readBeirCorpus(folder)) documents.push(document);
    expect(documents).toMatchObject([
      { id: "d1", pageContent: "first", metadata: { url: "u", title: "One" } },
      { id: "2", pageContent: "second", metadata: {} },
    ]);
    const { queries, qrels } = await loadBeirFolder(folder);
    expect([...queries]).toEqual([["q1", "what?"]]);
    expect(Object.fromEntries(qrels.get("q1") ?? [])).toEqual({ d1: 2, "2": 0 });
  });

  it.each([
    ["a judged query has no text", "query-id\tcorpus-id\tscore\nq9\td1\t1\n", 2],
    ["a field is missing", "query-id\tcorpus-id\tscore\nq1\td1\n", 2],
    ["a grade is not an integer", "q1\td1\t1\nq1\t2\tone\n", 2],
  ])("names the line if %s", async (_, content, line) => {
    await writeFile(join(folder, "qrels", "dev.tsv"), content);
    await expect(loadBeirFolder(folder, { split: "dev" })).rejects.toMatchObject({
      name: "FileFormatError",
      line,
    });
  });

  it("throws for a line that is not an object, and for a split that is a path", async () => {
    await expect(loadBeirFolder(folder, { split: "../x" })).rejects.toThrow(InvalidOptionError);
    const broken = join(folder, "broken");
    await mkdir(broken);
    await writeFile(join(broken, "corpus.jsonl"), '{"_id": "d1", "text": "a"}\n[1]\n');
    const read = async () => {
      for await (const _ of readBeirCorpus(broken));
    };
    await expect(read()).rejects.toThrow(FileFormatError);
  });
});
