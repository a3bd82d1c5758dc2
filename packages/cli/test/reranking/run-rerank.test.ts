import { describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { BestLines } from "../../src/reranking/best-lines.js";
import { readLines } from "../../src/reranking/read-lines.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const LINES = ["A lake is deep.", "The mountain is 4806 m high.", "Trains leave at seven."];
const rerank = (stdin: string | readonly (string | Uint8Array)[], ...words: string[]) =>
  runMain(["rerank", "How high is the mountain?", ...words], { stdin });

describe("lines", () => {
  it("are those of the bytes, however these are split into chunks", async () => {
    const bytes = fc.array(fc.constantFrom(0, 10, 13, 65, 255), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.nat(20)), fc.constantFrom(0, 10), async (all, cuts, end) => {
        const places = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const pieces = places.slice(1).map((place, i) => Uint8Array.from(all.slice(places[i], place)));
        async function* input() {
          yield* pieces;
        }
        const lines: Buffer[] = [];
        for await (const line of readLines(input(), end)) lines.push(line);
        const expected = Buffer.from(all).toString("latin1").split(String.fromCharCode(end));
        if (expected.at(-1) === "") expected.pop();
        expect(lines.map((line) => line.toString("latin1"))).toEqual(expected);
      }),
    );
  });

  it("that are best are the first of all sorted ones, the earlier of equal ones first", () => {
    const scores = fc.array(fc.constantFrom(0, 1, 2, Number.NaN, Number.NEGATIVE_INFINITY), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 8 }), (all, topN) => {
        const best = new BestLines(topN, false);
        for (const [index, score] of all.entries())
          best.add([{ index, score, line: Buffer.from(""), text: "" }]);
        const worth = all.map((score) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score));
        const order = all.map((_, i) => i);
        order.sort((a, b) => (worth[a]! > worth[b]! ? -1 : worth[a]! < worth[b]! ? 1 : a - b));
        expect(best.best().map(({ index }) => index)).toEqual(order.slice(0, topN));
      }),
    );
  });
});

describe("secondpass rerank", () => {
  it("writes lines best first, as they came", async () => {
    const { code, stdout, stderr } = await rerank(`${LINES.join("\n")}\n`);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toBe(LINES[1]);
    expect(stdout.split("\n").sort()).toEqual(["", ...LINES].sort());
  });

  it("keeps every byte, of NUL-separated texts too", async () => {
    const odd = Uint8Array.from([0xff, 0x09, 0x0d, 0x20]);
    const { bytes } = await rerank([odd, "\n\n", LINES[1]!], "--top-n", "3");
    expect(bytes.toString("latin1").split("\n").sort()).toEqual(
      ["", "", Buffer.from(odd).toString("latin1"), LINES[1]!].sort(),
    );
    const nul = await rerank([`two\nlines\0${LINES[1]}\0`], "--null");
    expect(nul.stdout).toBe(`${LINES[1]}\0two\nlines\0`);
  });

  it("writes scores, and JSON", async () => {
    const scored = await rerank(LINES.join("\n"), "--scores", "--top-n", "1");
    expect(scored.stdout).toMatch(/^0\.\d+\tThe mountain is 4806 m high\.\n$/);
    const { stdout } = await rerank(LINES.join("\n"), "--json", "--top-n=2");
    const rows = stdout
      .trim()
      .split("\n")
      .map((row) => JSON.parse(row));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({ place: 1, index: 1, score: expect.any(Number), text: LINES[1] });
  });

  it("reads a field of JSON lines", async () => {
    const lines = LINES.map((body, id) => JSON.stringify({ id, body }));
    const { stdout } = await rerank(`${lines.join("\r\n")}\n\n`, "--field", "body", "--top-n", "1");
    expect(stdout).toBe(`${lines[1]}\r\n`);
    const json = await rerank(lines.join("\n"), "--field", "body", "--top-n", "1", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ index: 1, document: { id: 1, body: LINES[1] } });
    for (const wrong of ["no json", "[]", '{"body": 3}', '{"constructor": "x"}']) {
      expect(await rerank(`${lines[0]}\n${wrong}`, "--field", "body")).toEqual(
        expect.objectContaining({
          code: 1,
          stdout: "",
          stderr: `Expected line 2 to be a JSON object with a text in --field body, got ${wrong}\n`,
        }),
      );
    }
  });

  it("returns nothing for no lines, without a model", async () => {
    expect(await rerank("", "--model", "./none")).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it("keeps the order of lines in a language that the model does not know, and says so", async () => {
    const lines = [
      "기차는 아침 일곱 시에 떠난다.",
      "도서관은 월요일에 문을 닫는다.",
      "김치는 배추를 소금에 절여 만든다.",
    ];
    const { code, stdout, stderr } = await rerank(lines.join("\n"));
    expect([code, stdout]).toEqual([0, `${lines.join("\n")}\n`]);
    expect(stderr).toMatch(
      /^Warning: the model of --model does not know the language .* The lines keep their order\./,
    );
  });

  it.each<[string, string[], RegExp, number]>([
    ["no query", ["rerank"], /^Expected QUERY, got none/, 2],
    ["a model that does not exist", ["rerank", "x", "--model", "./none"], /--model/, 1],
  ])("rejects %s", async (_name, words, message, code) => {
    const answer = await runMain(words, { stdin: "a line" });
    expect(answer.stderr).toMatch(message);
    expect([answer.code, answer.stdout]).toEqual([code, ""]);
  });
});
