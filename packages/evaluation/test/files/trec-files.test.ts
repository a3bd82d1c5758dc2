import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import * as fc from "fast-check";
import {
  FileFormatError,
  FileReadError,
  loadTrecQrels,
  loadTrecRun,
  readTrecRun,
  writeTrecQrels,
  writeTrecRun,
} from "../../src/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trec-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, "file");
  await writeFile(path, content);
  return path;
}

describe("TREC run files", () => {
  it("reads every kind of line end and white space, and numbers as C does", async () => {
    const path = await file("\ufeffq1 Q0 d1 1 2.5 tag\r\n\n q1\tQ0\td2  2 -.5e1 tag\nq2 Q0 d1 1 inf tag");
    const run = await loadTrecRun(path);
    expect(run).toEqual(
      new Map([
        [
          "q1",
          new Map([
            ["d1", 2.5],
            ["d2", -5],
          ]),
        ],
        ["q2", new Map([["d1", Number.POSITIVE_INFINITY]])],
      ]),
    );
    for await (const line of readTrecRun(path)) {
      expect(line).toEqual({ query: "q1", document: "d1", rank: "1", score: 2.5, tag: "tag", line: 1 });
      break;
    }
  });

  it("reads again what it wrote", async () => {
    const id = fc
      .stringMatching(/^\S{1,6}$/)
      .filter((text) => !text.startsWith("\ufeff") && !/\p{Surrogate}/u.test(text));
    const scores = fc.dictionary(
      id,
      fc.double({ noNaN: true }).map((score) => score + 0),
      { minKeys: 1, maxKeys: 8 },
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(id, scores, { maxKeys: 4 }), async (run) => {
        const path = join(folder, "written");
        await writeTrecRun(path, run, { tag: "t" });
        const read = await loadTrecRun(path);
        expect(
          Object.fromEntries([...read].map(([query, found]) => [query, Object.fromEntries(found)])),
        ).toEqual(run);
      }),
      { numRuns: 40 },
    );
  });

  it("writes ranks by score", async () => {
    const path = join(folder, "ranks");
    await writeTrecRun(path, { q: { a: 1, b: 2, c: 2 } });
    expect(await readFile(path, "utf8")).toBe(
      "q Q0 b 1 2 secondpass\nq Q0 c 2 2 secondpass\nq Q0 a 3 1 secondpass\n",
    );
  });

  it.each([
    ["a field is missing", "q Q0 d 1 2 t\nq Q0 d 1 t", 2, /There are 5/],
    ["the score is not a number", "q Q0 d 1 high t", 1, /a number as score/],
    ["the score is NaN", "\nq Q0 d 1 nan t", 2, /a number as score/],
    ["a document comes twice", "q Q0 d 1 2 t\n\nq Q0 d 2 1 t", 3, /each document once/],
    ["the bytes are not UTF-8", Uint8Array.of(113, 10, 255, 10), 1, /6 fields/],
  ])("names the line if %s", async (_, content, line, message) => {
    const call = loadTrecRun(await file(content));
    await expect(call).rejects.toThrow(FileFormatError);
    await expect(call).rejects.toMatchObject({ line });
    await expect(call).rejects.toThrow(message);
  });

  it("names UTF-8 if bytes are not UTF-8", async () => {
    await expect(loadTrecRun(await file(Uint8Array.of(10, 113, 255)))).rejects.toThrow(
      /line 2: expected UTF-8/,
    );
  });

  it("writes nothing if an id has white space or a score is not a number", async () => {
    const path = join(folder, "kept");
    await writeFile(path, "old");
    await expect(writeTrecRun(path, { q: { a: 1, "b c": 2 } })).rejects.toThrow(InvalidOptionError);
    await expect(writeTrecRun(path, { q: { a: Number.NaN } })).rejects.toThrow(InvalidOptionError);
    await expect(writeTrecRun(path, {}, { tag: "two words" })).rejects.toThrow(InvalidOptionError);
    await expect(writeTrecQrels(path, { q: { a: 0.5 } })).rejects.toThrow(InvalidOptionError);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  it("reports a missing file", async () => {
    await expect(loadTrecRun(join(folder, "none"))).rejects.toThrow(FileReadError);
    await expect(loadTrecRun(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });

  it("reads a file longer than its blocks", async () => {
    const long = "x".repeat(70_000);
    const lines = Array.from({ length: 3_000 }, (_, i) => `q${i % 7} Q0 d${i} 1 ${i} t`);
    const run = await loadTrecRun(await file(`${lines.join("\n")}\nq Q0 ${long} 1 1 t`));
    expect([...run.values()].reduce((sum, { size }) => sum + size, 0)).toBe(3_001);
    expect(run.get("q")?.get(long)).toBe(1);
  });
});

describe("TREC qrels files", () => {
  it("reads again what it wrote, negative grades too", async () => {
    const path = join(folder, "qrels");
    await writeTrecQrels(path, { q: { a: 2, b: -1, c: 0 } });
    expect(await readFile(path, "utf8")).toBe("q 0 a 2\nq 0 b -1\nq 0 c 0\n");
    expect(Object.fromEntries((await loadTrecQrels(path)).get("q") ?? [])).toEqual({ a: 2, b: -1, c: 0 });
  });

  it.each([
    ["the grade is not an integer", "q 0 d 0.5", 1],
    ["a document is judged twice", "q 0 d 1\nq 0 d 1", 2],
    ["a field is missing", "q d 1", 1],
  ])("names the line if %s", async (_, content, line) => {
    await expect(loadTrecQrels(await file(content))).rejects.toMatchObject({ name: "FileFormatError", line });
  });
});
