import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import fc from "fast-check";
import { FileFormatError, loadBeirFolder, readBeirCorpus, writeBeirFolder } from "../../src/index.js";

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

  it("reads again what it wrote", async () => {
    const path = join(folder, "written");
    const id = fc.stringMatching(/^[^\s"]{1,6}$/);
    const text = fc.string({ unit: "binary", maxLength: 8 });
    const document = fc.record({
      pageContent: text,
      metadata: fc.dictionary(
        fc.constantFrom("title", "url", "n"),
        fc.oneof(text.filter(Boolean), fc.integer()),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(id, document, { noNullPrototype: true }),
        fc.dictionary(id, text, { noNullPrototype: true, minKeys: 1 }),
        fc.integer(),
        async (byId, queries, grade) => {
          const documents = Object.entries(byId).map(([id, fields]) => ({ id, ...fields }));
          const qrels = new Map(Object.keys(queries).map((query) => [query, new Map([["d 1", grade]])]));
          await writeBeirFolder(path, { documents, queries, qrels });
          const read = [];
          for await (const { id, pageContent, metadata } of readBeirCorpus(path)) {
            read.push({ id, pageContent, metadata });
          }
          expect(read).toEqual(documents);
          expect(await loadBeirFolder(path)).toEqual({ queries: new Map(Object.entries(queries)), qrels });
        },
      ),
      { numRuns: 10 },
    );
  });

  it("writes the lines that BEIR's loader reads, with any split", async () => {
    const path = join(folder, "new", "set");
    async function* documents() {
      yield { id: "d1", pageContent: "first", metadata: { title: "One", url: "u" } };
      yield { id: "d2", pageContent: "second", metadata: { title: 2 } };
    }
    const queries = { q1: "what?" };
    await writeBeirFolder(
      path,
      { documents: documents(), queries, qrels: { q1: { d1: 2 } } },
      { split: "dev" },
    );
    expect(await readFile(join(path, "corpus.jsonl"), "utf8")).toBe(
      '{"_id":"d1","title":"One","text":"first","metadata":{"url":"u"}}\n' +
        '{"_id":"d2","title":"","text":"second","metadata":{"title":2}}\n',
    );
    expect(await readFile(join(path, "queries.jsonl"), "utf8")).toBe(
      '{"_id":"q1","text":"what?","metadata":{}}\n',
    );
    expect(await readFile(join(path, "qrels", "dev.tsv"), "utf8")).toBe(
      "query-id\tcorpus-id\tscore\nq1\td1\t2\n",
    );
  });

  const one = { id: "d1", pageContent: "first", metadata: {} };
  it.each([
    ["a document has no id", { documents: [{ ...one, id: undefined }] }, "documents[0].id"],
    ["an id comes twice", { documents: [one, one] }, "documents[1].id"],
    ["an id has a tab", { documents: [{ ...one, id: "a\tb" }] }, "documents[0].id"],
    ["metadata is not JSON", { documents: [{ ...one, metadata: { n: 1n } }] }, "documents[0].metadata"],
    ["a judged query has no text", { qrels: { q2: { d1: 1 } } }, "a judged query"],
    ["a grade is not an integer", { qrels: { q1: { d1: 0.5 } } }, "grade"],
    ["a query is not a text", { queries: { q1: 7 } }, "query"],
  ])("throws if %s, and leaves no file", async (_, wrong, named) => {
    const path = await mkdtemp(join(folder, "wrong-"));
    const right = { documents: [one], queries: { q1: "what?" }, qrels: { q1: { d1: 1 } } };
    const written = writeBeirFolder(path, { ...right, ...wrong } as never);
    await expect(written).rejects.toThrow(InvalidOptionError);
    await expect(written).rejects.toThrow(named);
    const left = await readdir(path, { recursive: true });
    expect(left).toEqual([]);
  });
});
