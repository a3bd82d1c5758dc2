import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

type Pair = readonly [query: string, text: string];
type ModelKwargs = Readonly<Record<string, unknown>>;

/** The part of a SageMaker content handler that the suite uses; `CrossEncoderContentHandler` fits. */
export interface ContentHandlerUnderTest {
  readonly contentType: string;
  readonly accepts: string;
  readonly oneQueryPerRequest?: boolean;
  transformInput(pairs: readonly Pair[], modelKwargs: ModelKwargs): string | Uint8Array;
  transformOutput(body: Uint8Array, pairs: readonly Pair[]): readonly number[] | Promise<readonly number[]>;
}

export interface ContentHandlerSuiteOptions {
  readonly create: () => ContentHandlerUnderTest;
  /** The answer of an endpoint of this kind: the request's JSON value → the response's. */
  // biome-ignore lint/suspicious/noExplicitAny: each kind of endpoint has its own request
  readonly respond: (request: any, scoreOf: (query: string, text: string) => number) => unknown;
}

/** Returns a score that differs between pairs, unless both of their texts are equal; finite, and exact in JSON. */
function scoreOf(query: string, text: string): number {
  let hash = 7;
  for (const unit of `${query}\0${text}`) hash = (hash * 31 + (unit.codePointAt(0) as number)) % 1_000_003;
  return hash / 64 - 5000;
}

const PAIRS: readonly Pair[] = [
  ["How is an index saved?", "Call save with the name of a folder."],
  ["How is an index saved?", "Bananas ripen faster in a paper bag."],
  ["How is an index saved?", ""],
];

/** Texts with everything that JSON escapes, and characters of one to four bytes. */
const text = fc.string({
  unit: fc.constantFrom("a", '"', "\\", "\n", "\0", "é", "日", "😀", " "),
  maxLength: 12,
});

/** Tests the laws of all content handlers that send and receive JSON. Call it inside a `describe`. */
export function contentHandlerSuite({ create, respond }: ContentHandlerSuiteOptions): void {
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const requestOf = (pairs: readonly Pair[], modelKwargs: ModelKwargs = {}): unknown => {
    const body = create().transformInput(pairs, modelKwargs);
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  };
  const responseTo = (pairs: readonly Pair[], modelKwargs?: ModelKwargs) =>
    respond(requestOf(pairs, modelKwargs), scoreOf);
  const read = async (body: Uint8Array, pairs: readonly Pair[] = PAIRS) =>
    create().transformOutput(body, pairs);
  const scoresOf = (pairs: readonly Pair[]) => pairs.map(([query, text]) => scoreOf(query, text));

  describe("as a content handler", () => {
    it("names the MIME types of request and response", () => {
      const { contentType, accepts } = create();
      for (const type of [contentType, accepts]) expect(type).toMatch(/^[\w.+-]+\/[\w.+-]+$/);
    });

    it("reads the scores of the pairs that it sent, in their order", async () => {
      const { oneQueryPerRequest = false } = create();
      const anyPairs = fc
        .tuple(text, fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }))
        .map(([query, pairs]) => (oneQueryPerRequest ? pairs.map(([, each]): Pair => [query, each]) : pairs));
      await fc.assert(
        fc.asyncProperty(anyPairs, async (pairs) => {
          expect(await read(encode(responseTo(pairs)), pairs)).toEqual(scoresOf(pairs));
        }),
        { numRuns: 60, seed: 1 },
      );
    });

    it("adds modelKwargs to the request, separate from the pairs", async () => {
      const kwargs = { someParameter: "its value", count: 7 };
      const request = JSON.stringify(requestOf(PAIRS, kwargs));
      expect(request).toContain('"someParameter":"its value"');
      expect(request).toContain('"count":7');
      expect(await read(encode(responseTo(PAIRS, kwargs)))).toEqual(scoresOf(PAIRS));
    });

    it("changes neither pairs nor modelKwargs", () => {
      const pairs = Object.freeze(PAIRS.map((pair) => Object.freeze([...pair] as const)));
      const kwargs = Object.freeze({ list: Object.freeze([1, 2]) });
      const handler = create();
      const first = handler.transformInput(pairs, kwargs);
      expect(handler.transformInput(pairs, kwargs)).toEqual(first);
    });

    it.each([
      ["null", null],
      ["a number", 1],
      ["a text", "scores"],
      ["an object with other keys", { unrelated: [1, 2, 3] }],
      ["an error of the container", { error: "out of memory", code: 500 }],
      ["a list of nothing", [null, null, null]],
    ])("throws a ResponseFormatError for %s", async (_, response) => {
      await expect(read(encode(response))).rejects.toMatchObject({
        name: "ResponseFormatError",
        unparsable: false,
      });
    });

    it.each<[string, (value: number) => unknown]>([
      ["texts", String],
      ["null", () => null],
    ])("throws a ResponseFormatError for numbers that are %s", async (_, change) => {
      const response = JSON.parse(JSON.stringify(responseTo(PAIRS)), (_key, value: unknown) =>
        typeof value === "number" ? change(value) : value,
      );
      await expect(read(encode(response))).rejects.toMatchObject({ name: "ResponseFormatError" });
    });

    it("distinguishes a truncated body from one of another shape", async () => {
      const whole = encode(responseTo(PAIRS));
      for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
        await expect(read(whole.slice(0, length))).rejects.toMatchObject({
          name: "ResponseFormatError",
          unparsable: true,
        });
      }
    });
  });
}
