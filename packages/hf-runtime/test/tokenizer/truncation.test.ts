import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createPostProcessor } from "../../src/tokenizer/post-processor/create-post-processor.js";
import { Tokenizer } from "../../src/tokenizer/tokenizer.js";
import { longestFirst } from "../../src/tokenizer/truncation/longest-first.js";
import golden from "../goldens/tokenize/truncation.json";
import { readFixture, vocabularyOf } from "./read-fixture.js";

interface TruncationCase {
  readonly text: string;
  readonly pair?: string;
  readonly maxLength: number;
  readonly truncation: "longest_first" | "only_second";
  readonly side: "left" | "right";
  readonly ids?: readonly number[];
  readonly typeIds?: readonly number[];
  readonly error?: string;
}

async function tokenizer(fixture: string, side: "left" | "right"): Promise<Tokenizer> {
  const json = readFixture(fixture);
  return new Tokenizer(await vocabularyOf(json), createPostProcessor(json.post_processor)!, {
    maxLength: 512,
    padId: 0,
    paddingSide: "right",
    truncationSide: side,
  });
}

describe("truncation equals that of Python's tokenizers", () => {
  for (const { fixture, cases } of golden.cases as readonly { fixture: string; cases: TruncationCase[] }[]) {
    it.each([
      ["right", "right"],
      ["left", "left"],
      ["right", "left"],
      ["left", "right"],
    ] as const)(`${fixture}, cut on the %s by a tokenizer of the %s`, async (side, own) => {
      const { encode } = bound(await tokenizer(fixture, own));
      for (const one of cases.filter((candidate) => candidate.side === side)) {
        const { text, pair, maxLength, truncation } = one;
        const truncationSide = side === own ? undefined : side;
        const run = () => encode(text, pair, { maxLength, truncation, truncationSide });
        if (one.error) {
          expect(run).toThrow(expect.objectContaining({ name: "MaxLengthError" }));
          continue;
        }
        const { ids, typeIds } = run();
        expect({ ...one, ids: [...ids], typeIds: [...typeIds] }).toEqual(one);
      }
    });
  }
});

describe("a model's tokenizer", () => {
  let bert: Tokenizer;
  beforeAll(async () => {
    bert = await tokenizer("wordpiece", "right");
  });

  it("gives the tokens of a text with their places", async () => {
    const text = "one  two";
    const tokens = await bert.tokensInSlices(text);
    expect(tokens.map(({ id }) => id)).toEqual([...bert.encode(text).ids]);
    expect(tokens[0]).toMatchObject({ text: "[CLS]", isSpecial: true, start: undefined, end: undefined });
    const plain = await bert.tokensInSlices(text, { addSpecialTokens: false });
    expect(plain).toEqual(tokens.filter(({ isSpecial }) => !isSpecial));
    expect(plain.map(({ start, end }) => text.slice(start, end))).toEqual(plain.map((token) => token.text));
    expect(plain.map((token) => token.text).join("")).toBe("onetwo");
  });

  it("reports whether anything was cut", () => {
    expect(bert.encode("one two three").truncated).toBe(false);
    const { length } = bert.encode("one two three").ids;
    expect(bert.encode("one two three", undefined, { maxLength: length }).truncated).toBe(false);
    expect(bert.encode("one two three", undefined, { maxLength: length - 1 }).truncated).toBe(true);
    expect(bert.encode("one", "two three", { maxLength: 6 }).truncated).toBe(true);
  });

  it("counts tokens without truncation, special tokens included", () => {
    const text = "one two three ".repeat(400);
    expect(bert.count("one")).toBe(bert.encode("one").ids.length);
    expect(bert.count(text)).toBeGreaterThan(512);
    expect(bert.count("one", "two")).toBe(bert.encode("one", "two").ids.length);
  });

  it("throws with the room that the special tokens or the query need if they leave none", () => {
    expect(() => bert.encode("one", undefined, { maxLength: 2 })).toThrow(
      "Expected a maxLength above 2 tokens (the special tokens), got 2.",
    );
    const query = bert.count("a long question about many things") - 2;
    expect(() =>
      bert.encode("a long question about many things", "text", { maxLength: 8, truncation: "only_second" }),
    ).toThrow(`Expected a maxLength above ${query + 3} tokens`);
  });

  it("gives the same lengths and segments if it reads long texts to their end or stops early", async () => {
    const left = await tokenizer("wordpiece", "left"); // It must read to the end.
    const word = fc.constantFrom("the", "economy", "Straßenbahn", "2016", "!", "中文", "[SEP]", "ﬁ", "\n");
    const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 4, max: 40 }), (a, b, maxLength) => {
        const early = bert.encode(a, b, { maxLength });
        const whole = left.encode(a, b, { maxLength });
        expect(early.ids.length).toBe(whole.ids.length);
        expect(early.truncated).toBe(whole.truncated);
        expect([...early.typeIds]).toEqual([...whole.typeIds]);
      }),
    );
  });
});

describe("longestFirst", () => {
  it("fills the room, keeps both halves even and never lengthens a text", () => {
    const length = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(length, length, fc.integer({ min: 1, max: 60 }), (a, b, room) => {
        const [keptA, keptB] = longestFirst(a, b, room);
        expect(keptA + keptB).toBe(Math.min(a + b, room));
        expect(keptA).toBeLessThanOrEqual(a);
        expect(keptB).toBeLessThanOrEqual(b);
        if (keptA < a && keptB < b) expect(Math.abs(keptA - keptB)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

function bound(tokenizer: Tokenizer): Pick<Tokenizer, "encode"> {
  return { encode: tokenizer.encode.bind(tokenizer) };
}
