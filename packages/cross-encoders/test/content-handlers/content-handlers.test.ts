import { describe, expect, it } from "@jest/globals";
import { type CrossEncoderContentHandler, contentHandlers } from "../../src/sagemaker/index.js";

const PAIRS = [
  ["query", "first"],
  ["query", "second"],
] as const;

const write = (handler: CrossEncoderContentHandler, kwargs = {}) =>
  JSON.parse(String(handler.transformInput(PAIRS, kwargs)));
const read = async (handler: CrossEncoderContentHandler, answer: unknown) =>
  handler.transformOutput(
    new TextEncoder().encode(typeof answer === "string" ? answer : JSON.stringify(answer)),
    PAIRS,
  );

describe("requests of content handlers", () => {
  it.each<[string, CrossEncoderContentHandler, object]>([
    ["pairs", contentHandlers.pairs(), { pairs: PAIRS, extra: 1 }],
    ["textPairs", contentHandlers.textPairs(), { text_pairs: PAIRS, extra: 1 }],
    [
      "teiRerank",
      contentHandlers.teiRerank({ rawScores: true }),
      { query: "query", texts: ["first", "second"], raw_scores: true, truncate: true, extra: 1 },
    ],
    [
      "teiPredict",
      contentHandlers.teiPredict(),
      { inputs: PAIRS, raw_scores: false, truncate: true, extra: 1 },
    ],
    [
      "huggingFaceTextClassification",
      contentHandlers.huggingFaceTextClassification(),
      {
        inputs: [
          { text: "query", text_pair: "first" },
          { text: "query", text_pair: "second" },
        ],
        parameters: { function_to_apply: "none", truncation: true, top_k: null, extra: 1 },
      },
    ],
    [
      "cohere",
      contentHandlers.cohere(),
      { query: "query", documents: ["first", "second"], top_n: 2, extra: 1 },
    ],
  ])("%s", (_name, handler, payload) => {
    expect(write(handler, { extra: 1 })).toEqual(payload);
    expect([handler.contentType, handler.accepts]).toEqual(["application/json", "application/json"]);
  });
});

describe("texts that splitters cut inside a character", () => {
  it.each(Object.values(contentHandlers))("are sent as valid texts: %p", (create) => {
    const body = String(create().transformInput([["half \ud83d", "\ude00 and 😀"]], {}));
    expect(body).toContain('"half \ufffd"');
    expect(body).toContain('"\ufffd and 😀"');
  });
});

describe("responses of content handlers", () => {
  const both = (score: number) => [
    { label: "LABEL_1", score },
    { label: "LABEL_0", score: -score },
  ];
  it.each<[string, CrossEncoderContentHandler, unknown]>([
    ["scores", contentHandlers.pairs(), { scores: [1.5, 2.5] }],
    ["scores of textPairs", contentHandlers.textPairs(), { scores: [1.5, 2.5] }],
    [
      "TEI's sorted list",
      contentHandlers.teiRerank(),
      [
        { index: 1, score: 2.5 },
        { index: 0, score: 1.5 },
      ],
    ],
    ["labels, index 1 of two", contentHandlers.teiPredict(), [both(1.5), both(2.5)]],
    [
      "the only label, of any name",
      contentHandlers.teiPredict(),
      [[{ label: "relevance", score: 1.5 }], [{ label: "relevance", score: 2.5 }]],
    ],
    [
      "the given label",
      contentHandlers.huggingFaceTextClassification({ label: "yes" }),
      [1.5, 2.5].map((score) => [
        { label: "yes", score },
        { label: "no", score: 0 },
      ]),
    ],
    [
      "one object a pair",
      contentHandlers.huggingFaceTextClassification(),
      [1.5, 2.5].map((score) => ({ label: "LABEL_0", score })),
    ],
    [
      "Cohere's results",
      contentHandlers.cohere(),
      {
        results: [
          { index: 1, relevance_score: 2.5 },
          { index: 0, relevance_score: 1.5 },
        ],
      },
    ],
  ])("%s", async (_name, handler, answer) => {
    expect(await read(handler, answer)).toEqual([1.5, 2.5]);
  });

  it.each<[string, CrossEncoderContentHandler, unknown, string]>([
    ["no list", contentHandlers.pairs(), { score: [1] }, 'Expected an object with a list "scores"'],
    ["words for numbers", contentHandlers.pairs(), { scores: ["1", 2] }, "entry 0 is not a number"],
    [
      "an index twice",
      contentHandlers.teiRerank(),
      [
        { index: 0, score: 1 },
        { index: 0, score: 2 },
      ],
      'every "index" from 0 to 1 once',
    ],
    ["an index too high", contentHandlers.teiRerank(), [{ index: 2, score: 1 }], "from 0 to 1"],
    [
      "an index that is a property of lists",
      contentHandlers.teiRerank(),
      [{ index: "length", score: 1 }],
      "0 to 1",
    ],
    [
      "unknown labels",
      contentHandlers.teiPredict(),
      [
        [
          { label: "a", score: 1 },
          { label: "b", score: 2 },
        ],
      ],
      "`label`",
    ],
    ["an object for a list", contentHandlers.cohere(), { results: {} }, 'a list "results"'],
  ])("throws for %s", async (_name, handler, answer, message) => {
    await expect(read(handler, answer)).rejects.toMatchObject({
      name: "ResponseFormatError",
      unparsable: false,
      message: expect.stringContaining(message),
    });
  });

  it("distinguishes invalid JSON from JSON of another form", async () => {
    await expect(read(contentHandlers.pairs(), '{"scores": [1.')).rejects.toMatchObject({ unparsable: true });
  });
});
