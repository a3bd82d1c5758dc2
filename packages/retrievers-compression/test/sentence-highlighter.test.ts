import { describe, expect, it } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import { BaseCrossEncoder, FakeCrossEncoder, type TextPair } from "@secondpass/cross-encoders";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { documentCompressorSuite, RunRecorder, tableFolder } from "@secondpass/test-kit";
import fc from "fast-check";
import {
  type Highlight,
  highlight,
  ResultCountError,
  SentenceHighlighter,
  type SentenceHighlighterFields,
} from "../src/index.js";
import { documentsOf, textsOf } from "./list-retriever.js";

/** Scores a sentence by the first number in it; records the calls. */
class Numbers extends BaseCrossEncoder {
  readonly calls: (readonly TextPair[])[] = [];

  override async score(pairs: readonly TextPair[], options?: { signal?: AbortSignal }) {
    options?.signal?.throwIfAborted();
    this.calls.push(pairs);
    return pairs.map(([, text]) => Number.parseFloat(/-?\d+(\.\d+)?/.exec(text)?.[0] ?? "NaN"));
  }
}

const highlighter = (fields: Partial<SentenceHighlighterFields> = {}) =>
  new SentenceHighlighter({ model: new Numbers(), language: "en", ...fields });
const marksOf = ({ metadata }: DocumentInterface) => metadata.highlights as Highlight[];
const markedTexts = (document: DocumentInterface) =>
  marksOf(document).map(({ start, end }) => document.pageContent.slice(start, end));

describe("SentenceHighlighter", () => {
  documentCompressorSuite({ create: () => new SentenceHighlighter({ model: new FakeCrossEncoder() }) });

  const caches = "# Caches 9\n\nA cache has 3 parts. It keeps 5 pages.\r\nIt is one of 2 kinds. The end.";

  it("marks the best sentence of each document", async () => {
    const documents = documentsOf(caches, "No. 1 alone.");
    const marked = await highlighter().compressDocuments(documents, "q");
    expect(marked.map(markedTexts)).toEqual([
      ["It keeps 5 pages."],
      ["1 alone."].map((text) => `No. ${text}`),
    ]);
    expect(marksOf(marked[0]!)).toEqual([{ start: 33, end: 50, score: 5 }]);
    expect(textsOf(marked)).toEqual(textsOf(documents));
    expect(documents[0]!.metadata).toEqual({});
  });

  it("scores all sentences of all documents in one call, equal ones once, headings never", async () => {
    const model = new Numbers();
    await highlighter({ model }).compressDocuments(documentsOf(caches, caches, "Wrapped\nline 7."), "q");
    expect(model.calls).toEqual([
      [
        ["q", "A cache has 3 parts."],
        ["q", "It keeps 5 pages."],
        ["q", "It is one of 2 kinds."],
        ["q", "The end."],
        ["q", "Wrapped line 7."],
      ],
    ]);
  });

  it("marks the best few, in the order of the text, that reach the threshold", async () => {
    const marked = async (fields: Partial<SentenceHighlighterFields>) =>
      markedTexts((await highlighter(fields).compressDocuments(documentsOf(caches), "q"))[0]!);
    expect(await marked({ topSentences: 2 })).toEqual(["A cache has 3 parts.", "It keeps 5 pages."]);
    expect(await marked({ scoreThreshold: 3 })).toEqual(["A cache has 3 parts.", "It keeps 5 pages."]);
    expect(await marked({ scoreThreshold: 3, topSentences: 1 })).toEqual(["It keeps 5 pages."]);
    expect(await marked({ scoreThreshold: 6 })).toEqual([]);
    // A sentence with the score NaN is not marked.
    expect(await marked({ topSentences: Number.POSITIVE_INFINITY })).toHaveLength(3);
  });

  it("gives the position of a sentence in the source, if the chunk has a startIndex", async () => {
    const document = new Document({ pageContent: caches, metadata: { startIndex: 100 }, id: "a" });
    const [marked] = await highlighter().compressDocuments([document], "q");
    expect(marksOf(marked!)).toEqual([{ start: 33, end: 50, score: 5, sourceStart: 133, sourceEnd: 150 }]);
    expect(marked!.id).toBe("a");
    const unknown = new Document({ pageContent: caches, metadata: { startIndex: -1 } });
    const [other] = await highlighter().compressDocuments([unknown], "q");
    expect(marksOf(other!)).toEqual([{ start: 33, end: 50, score: 5 }]);
  });

  it("scores headings if there is nothing else, and marks nothing in a text without words", async () => {
    const marked = await highlighter().compressDocuments(documentsOf("# Only 1", "", " \n--\n"), "q");
    expect(marked.map(markedTexts)).toEqual([["Only 1"], [], []]);
    const model = new Numbers();
    await highlighter({ model }).compressDocuments(documentsOf("", "…"), "q");
    expect(model.calls).toEqual([]);
  });

  describe("keep", () => {
    const text = "First 1. Second 9.\nThird 2.\n\nFourth 3. Fifth 8. Sixth 0.";
    const document = (metadata: Record<string, unknown> = {}) => [
      new Document({ pageContent: text, metadata }),
    ];
    const keep = (fields: Partial<SentenceHighlighterFields> = {}) =>
      highlighter({ mode: "keep", topSentences: 2, ...fields });

    it("keeps the best sentences, with an ellipsis for removed text", async () => {
      const [kept] = await keep().compressDocuments(document(), "q");
      expect(kept!.pageContent).toBe("Second 9. … Fifth 8.");
      expect(markedTexts(kept!)).toEqual(["Second 9.", "Fifth 8."]);
      expect(highlight(kept!)).toBe("**Second 9.** … **Fifth 8.**");
      const [joined] = await keep({ separator: "\n" }).compressDocuments(document(), "q");
      expect(joined!.pageContent).toBe("Second 9.\nFifth 8.");
    });

    it("keeps sentences around them, and the text between neighbours", async () => {
      const [kept] = await keep({ contextSentences: 1 }).compressDocuments(document(), "q");
      expect(kept!.pageContent).toBe(text);
      const [one] = await keep({ topSentences: 1, contextSentences: 1 }).compressDocuments(document(), "q");
      expect(one!.pageContent).toBe("First 1. Second 9.\nThird 2.");
      expect(markedTexts(one!)).toEqual(["Second 9."]);
    });

    it("gives the position of the rest in the source", async () => {
      const metadata = { startIndex: 50, loc: { lines: { from: 7, to: 10 }, page: 2 } };
      const [one] = await keep({ topSentences: 1, contextSentences: 1 }).compressDocuments(
        document(metadata),
        "q",
      );
      expect(one!.metadata).toMatchObject({ startIndex: 50, loc: { lines: { from: 7, to: 8 }, page: 2 } });
      const [two] = await keep().compressDocuments(document(metadata), "q");
      expect(two!.metadata).toMatchObject({ startIndex: -1, loc: { lines: { from: 7, to: 10 } } });
      expect(marksOf(two!)[1]).toMatchObject({ start: 12, end: 20, sourceStart: 89, sourceEnd: 97 });
      expect(metadata.loc.lines).toEqual({ from: 7, to: 10 });
    });

    it("drops documents without marked sentences", async () => {
      const kept = await keep({ scoreThreshold: 5 }).compressDocuments(documentsOf("A 1.", "B 6.", ""), "q");
      expect(textsOf(kept)).toEqual(["B 6."]);
    });
  });

  it("marks and keeps only parts of the text, for any text", async () => {
    const words = fc.constantFrom(
      "7 ",
      "8. ",
      "word ",
      "A. ",
      "\n",
      "\r\n\r\n",
      "- ",
      "# ",
      "😀 ",
      "가. ",
      "1) ",
    );
    const text = fc.array(words, { maxLength: 30 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(3), fc.nat(2), async (value, top, contextSentences) => {
        const fields = { topSentences: top + 1, contextSentences, separator: "\u0000" };
        const source = new Document({ pageContent: value, metadata: { startIndex: 3 } });
        const [marked] = await highlighter(fields).compressDocuments([source], "q");
        const [kept] = await highlighter({ ...fields, mode: "keep" }).compressDocuments([source], "q");
        const isEmpty = marksOf(marked!).length === 0;
        expect(kept === undefined).toBe(isEmpty);
        if (kept === undefined) return;
        expect(markedTexts(kept)).toEqual(markedTexts(marked!));
        for (const { start, end, sourceStart, sourceEnd } of marksOf(kept)) {
          expect(`...${value}`.slice(sourceStart, sourceEnd)).toBe(kept.pageContent.slice(start, end));
        }
        let place = 0;
        for (const part of kept.pageContent.split("\u0000")) {
          const found = value.indexOf(part, place);
          expect(found).toBeGreaterThanOrEqual(place);
          place = found + part.length;
        }
      }),
    );
  });

  it("uses topSentences of one call from the config, and ends with the signal", async () => {
    const input = { documents: documentsOf(caches), query: "q" };
    const call = async (configurable: Record<string, unknown>) =>
      markedTexts((await highlighter().invoke(input, { configurable }))[0]!);
    expect(await call({ topSentences: 2 })).toHaveLength(2);
    await expect(call({ topSentences: 0 })).rejects.toMatchObject({ option: "configurable.topSentences" });
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(highlighter().invoke(input, { signal })).rejects.toThrow("stop");
  });

  it("adds the model's run under its own to the trace", async () => {
    const recorder = new RunRecorder();
    await highlighter().invoke({ documents: documentsOf(caches), query: "q" }, { callbacks: [recorder] });
    expect(recorder.find("Numbers", recorder.find("SentenceHighlighter")?.child_runs)?.tags).toEqual([
      "cross_encoder",
    ]);
  });

  it("marks among 10,000 sentences", async () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `Sentence ${i} is here.`).join(" ");
    const [marked] = await highlighter().compressDocuments(documentsOf(text), "q");
    expect(markedTexts(marked!)).toEqual(["Sentence 9999 is here."]);
  });

  it("throws for invalid fields, and for a model that returns a wrong number of scores", async () => {
    expect(() => highlighter({ mode: "marks" as never })).toThrow(InvalidOptionError);
    expect(() => highlighter({ topSentences: 0 })).toThrow(InvalidOptionError);
    expect(() => highlighter({ contextSentences: -1 })).toThrow(InvalidOptionError);
    expect(() => highlighter({ language: "?" })).toThrow(InvalidOptionError);
    expect(() => highlighter({ topN: 1 } as never)).toThrow(UnknownOptionError);
    expect(() => new SentenceHighlighter({ model: {} as never })).toThrow(InvalidOptionError);
    const model = { score: () => [1] };
    const call = highlighter({ model }).compressDocuments(documentsOf("It is. So?"), "q");
    await expect(call).rejects.toBeInstanceOf(ResultCountError);
  });

  describe("with a model that scores tokens", () => {
    /** Reads five words of a passage; a word's relevance is its number. */
    class Words {
      readonly passages: string[] = [];
      constructor(readonly threshold: number | null = 0.5) {}
      tokenThreshold = async () => this.threshold ?? undefined;
      score = async (pairs: readonly TextPair[]) => pairs.map(() => 1);
      scoreTokens = async (pairs: readonly TextPair[]) =>
        pairs.map(([, passage]) => {
          this.passages.push(passage);
          const tokens = [...passage.matchAll(/ ?\S+/g)].slice(0, 5).map(({ 0: word, index }) => {
            return { start: index, end: index + word.length, relevance: Number.parseFloat(word) || 0 };
          });
          const isCut = (passage.match(/\S+/g)?.length ?? 0) > 5;
          return { tokens, readStart: 0, readEnd: isCut ? tokens.at(-1)!.end : passage.length };
        });
    }

    it("reads passages whole, and keeps sentences whose mean is above the model's threshold", async () => {
      const model = new Words();
      const marked = await highlighter({ model }).compressDocuments(
        documentsOf("0.9 0.4! 0.5 0.5! 1!", ""),
        "q",
      );
      expect(marked.map(markedTexts)).toEqual([["0.9 0.4!", "1!"], []]);
      expect(marksOf(marked[0]!)[0]!.score).toBeCloseTo(0.65);
      expect(model.passages).toEqual(["0.9 0.4! 0.5 0.5! 1!"]);
    });

    it("reads text that was cut off in further passes, and only the beginning of a long sentence", async () => {
      const model = new Words();
      const long = "0.7 0.7 0.7 0.7 0.7 0 0 0 0!";
      const text = `0 0 0! 0.6 0.6 0.6! ${long} 0.8!`;
      const [marked] = await highlighter({ model }).compressDocuments(documentsOf(text), "q");
      expect(markedTexts(marked!)).toEqual(["0.6 0.6 0.6!", long, "0.8!"]);
      expect(marksOf(marked!).map(({ score }) => score)).toEqual(
        [0.6, 0.7, 0.8].map((n) => expect.closeTo(n)),
      );
      expect(model.passages).toEqual([text, `0.6 0.6 0.6! ${long} 0.8!`, `${long} 0.8!`, "0.8!"]);
    });

    it("scores sentences one by one if the loaded model does not score tokens", async () => {
      const model = new Words(null);
      const [marked] = await highlighter({ model }).compressDocuments(documentsOf("A b. C d."), "q");
      expect(markedTexts(marked!)).toEqual(["A b."]);
      expect(model.passages).toEqual([]);
    });

    it("averages the tokens of a model like Provence", async () => {
      await using model = new HuggingFaceCrossEncoder({
        model: tableFolder("open-provence"),
        threads: 1,
        worker: false,
      });
      const text = "the cat sat! a dog ran.";
      const query = "cat";
      const { tokens } = (await model.scoreTokens([[query, text]]))[0]!;
      const mean = (of: readonly { relevance: number }[]) =>
        of.reduce((sum, { relevance }) => sum + relevance, 0) / of.length;
      const recorder = new RunRecorder();
      const [marked] = await new SentenceHighlighter({ model, scoreThreshold: 0 }).invoke(
        { documents: documentsOf(text), query },
        { callbacks: [recorder] },
      );
      expect(marksOf(marked!).map(({ score }) => score)).toEqual([
        expect.closeTo(mean(tokens.filter(({ end }) => end <= 12)), 6),
        expect.closeTo(mean(tokens.filter(({ end }) => end > 12)), 6),
      ]);
      expect(recorder.find("scoreTokens", recorder.find("SentenceHighlighter")?.child_runs)?.tags).toEqual([
        "cross_encoder",
      ]);
    });
  });
});
