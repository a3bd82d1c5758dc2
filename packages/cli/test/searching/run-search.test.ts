import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import stringWidth from "string-width";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";

jest.setTimeout(60_000);

const folder = new CorpusFolder({
  "saving.md": "# Saving\n\nNobody reads this line. An index is saved to a folder by its method save.\n",
  "fruit.txt": "First line.\r\n\r\nBananas ripen faster in a paper bag.\r\n",
  "alps.html": "<h1>Alps</h1>\n<p>Mont Blanc is 4806&nbsp;m high.</p>",
  "evil.txt": "Terminals \u001b[31mobey\u001b]0;title\u0007 escape sequences.",
  "hangul.txt":
    "도서관은 월요일에 문을 닫는다. 기차는 아침 일곱 시에 떠난다. 김치는 배추를 소금에 절여 만든다. ".repeat(
      3,
    ),
});
afterAll(() => folder.dispose());
const search = (words: string[], options?: Parameters<typeof runMain>[1]) =>
  runMain(["search", "--index", folder.index, ...words], options);

interface Answer {
  readonly mode: string;
  readonly reranked: boolean;
  readonly candidates: number;
  readonly passages: readonly {
    readonly place: number;
    readonly placeBefore: number;
    readonly score: number;
    readonly firstPass: { readonly score: number; readonly similarity?: number; readonly bm25Score?: number };
    readonly file: string;
    readonly source: string;
    readonly lines: object;
    readonly startIndex: number;
    readonly endIndex: number;
    readonly text: string;
    readonly sentences: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  }[];
}
const searched = async (...words: string[]) => {
  const { code, stdout, stderr } = await search([...words, "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Answer;
};

describe("secondpass search", () => {
  beforeAll(async () => {
    const words = ["index", folder.texts, "--index", folder.index, "--chunk-size", "80"];
    expect(await runMain(words)).toMatchObject({ code: 0, stderr: "" });
  });

  it("finds, reranks and marks the sentence that answers", async () => {
    const { passages, ...rest } = await searched("How is an index saved?", "--top-n", "2");
    expect(rest).toMatchObject({ question: "How is an index saved?", mode: "hybrid", reranked: true });
    expect(passages).toHaveLength(2);
    const [best] = passages;
    expect(best).toMatchObject({ place: 1, source: "saving.md", lines: { from: 3, to: 3 } });
    expect(best?.sentences).toEqual([
      expect.objectContaining({ text: expect.stringContaining("An index is saved") }),
    ]);
    for (const { text, sentences } of passages) {
      for (const { start, end, text: sentence } of sentences) expect(text.slice(start, end)).toBe(sentence);
    }
  });

  it("says where a passage is, in files with any line ends", async () => {
    const { passages } = await searched("Where do bananas ripen?", "--top-n", "9", "--sentences", "0");
    const [best] = passages;
    expect(best).toMatchObject({ source: "fruit.txt", sentences: [] });
    for (const { source, file, startIndex, endIndex, text } of passages) {
      expect(file).toBe(join(folder.texts, source));
      if (source === "alps.html") continue;
      const there = readFileSync(file, "utf8").slice(startIndex, endIndex);
      expect(there.replaceAll("\r\n", "\n")).toBe(text);
    }
    const [alps] = (await searched("How high is Mont Blanc?")).passages;
    expect(alps).toMatchObject({
      source: "alps.html",
      lines: { from: 1, to: 2 },
      text: "Alps\n\nMont Blanc is 4806 m high.",
    });
  });

  it("searches by words or by meaning alone, and without a reranker", async () => {
    const lexical = await searched("bananas", "--lexical", "--no-rerank");
    expect(lexical).toMatchObject({ mode: "lexical", reranked: false, candidates: 1 });
    expect(lexical.passages[0]).toMatchObject({ source: "fruit.txt", place: 1, placeBefore: 1 });
    expect(lexical.passages[0]?.score).toBe(lexical.passages[0]?.firstPass.bm25Score);
    const dense = await searched("bananas", "--dense", "--no-rerank", "--k", "2", "--top-n", "1");
    expect(dense).toMatchObject({ mode: "dense", candidates: 2 });
    expect(dense.passages[0]?.score).toBe(dense.passages[0]?.firstPass.similarity);
  });

  it("shows only passages that reach the threshold", async () => {
    expect((await searched("bananas", "--threshold", "2")).passages).toEqual([]);
    expect(await search(["bananas", "--threshold=2"])).toEqual(
      expect.objectContaining({ code: 0, stdout: "", stderr: "Nothing was found.\n" }),
    );
    expect(
      (await searched("bananas", "--threshold", "-1e9", "--top-n", "5")).passages.length,
    ).toBeGreaterThan(1);
  });

  it("weighs the order of the first pass", async () => {
    const ranked = async (weight: string) =>
      (await searched("How high is the paper bag?", "--top-n", "9", "--sentences=0", "--blend", weight))
        .passages;
    const first = await ranked("1");
    expect(first.map(({ placeBefore }) => placeBefore)).toEqual(first.map(({ place }) => place));
    const scores = first.map(({ score }) => score);
    const falling = scores.toSorted((a, b) => b - a);
    expect(scores).not.toEqual(falling);
    expect((await ranked("0")).map(({ score }) => score)).toEqual(falling);
  });

  it("writes blocks with file and line, without colours if the output is not a terminal", async () => {
    const { stdout } = await search(["How", "high", "is", "Mont", "Blanc?", "--top-n=1"]);
    expect(stdout).toMatch(
      /^.*alps\.html:1: score \d\.\d{4}, (as before|was \d+(st|nd|rd|th))\n {4}Alps\n {4}Mont Blanc is 4806 m high\.\n$/,
    );
  });

  it("fits narrow terminals, wide characters too, and never passes on control characters", async () => {
    const words = ["--no-rerank", "--lexical", "--top-n", "9", "도서관은 escape terminals"];
    const { stdout } = await search(words, { terminal: 40 });
    expect(stdout).toContain("\u001b[36m");
    expect(stdout).toContain("도서관은");
    const text = stdout.split("\n").filter((line) => line.startsWith("    "));
    for (const line of text) expect(stringWidth(line)).toBeLessThanOrEqual(40);
    expect(stdout).toContain("\ufffd[31mobey\ufffd]0;title\ufffd");

    const plain = await search(words, { terminal: 40, env: { NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
    const forced = await search(words, { env: { FORCE_COLOR: "1" } });
    expect(forced.stdout).toContain("\u001b[36m");
  });

  it("warns of a language that its models do not know", async () => {
    const { code, stderr } = await search(["도서관은 언제 쉬나요?"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Warning: the model of --embedder of `secondpass index` does not know the language/m,
    );
    expect(stderr).toMatch(/^Warning: the model of --model does not know .*bge-reranker-v2-m3/m);
  });

  it.each<[string, string[], RegExp, number]>([
    ["no question", ["search"], /^Expected QUESTION, got none/, 2],
    ["a blank one", ["search", " "], /^Expected QUESTION, got a blank one/, 2],
    ["both halves alone", ["search", "x", "--dense", "--lexical"], /got both/, 2],
    [
      "a threshold without a reranker",
      ["search", "x", "--threshold", "0.5", "--no-rerank"],
      /got --no-rerank/,
      2,
    ],
    [
      "a weight of the first pass without a reranker",
      ["search", "x", "--blend", "0.5", "--no-rerank"],
      /Expected --blend only with --rerank, without which it has no effect, got --no-rerank/,
      2,
    ],
    [
      "a reranker that is turned off",
      ["search", "x", "--model", "a/b", "--no-rerank"],
      /^Expected --model only/,
      2,
    ],
    ["sentences without a reranker", ["search", "x", "--sentences", "2", "--no-rerank"], /--sentences/, 2],
    [
      "a threshold that is not a number",
      ["search", "x", "--threshold", "half"],
      /Expected --threshold to be a number, got "half"/,
      2,
    ],
    [
      "a weight above 1",
      ["search", "x", "--blend", "1.5"],
      /Expected --blend to be a number from 0 to 1, got "1\.5"/,
      2,
    ],
    [
      "a folder without an index",
      ["search", "x", "--index", "nowhere"],
      /^There is no index in nowhere\. Make one/,
      1,
    ],
    [
      "a model that does not exist",
      ["search", "x", "--index", folder.index, "--model", "./none"],
      /--model/,
      1,
    ],
  ])("rejects %s", async (_name, words, message, code) => {
    const answer = await runMain(words);
    expect(answer.stderr).toMatch(message);
    expect([answer.code, answer.stdout]).toEqual([code, ""]);
  });
});
