import { describe } from "@jest/globals";
import { type ContentHandlerSuiteOptions, contentHandlerSuite } from "@secondpass/test-kit";
import { contentHandlers } from "../../src/sagemaker/index.js";

type Pair = [query: string, text: string];

/** Responses of the endpoint of each content handler. The type requires an entry for each. */
const RESPONSES: Record<keyof typeof contentHandlers, ContentHandlerSuiteOptions["respond"]> = {
  pairs: ({ pairs }: { pairs: Pair[] }, scoreOf) => ({ scores: pairs.map((pair) => scoreOf(...pair)) }),
  textPairs: ({ text_pairs }: { text_pairs: Pair[] }, scoreOf) => ({
    scores: text_pairs.map((pair) => scoreOf(...pair)),
  }),
  teiRerank: ({ query, texts }: { query: string; texts: string[] }, scoreOf) =>
    best(texts.map((text, index) => ({ index, score: scoreOf(query, text) }))),
  teiPredict: ({ inputs }: { inputs: Pair[] }, scoreOf) => inputs.map((pair) => labels(scoreOf(...pair))),
  huggingFaceTextClassification: ({ inputs }: { inputs: { text: string; text_pair: string }[] }, scoreOf) =>
    inputs.map(({ text, text_pair }) => labels(scoreOf(text, text_pair))),
  cohere: ({ query, documents }: { query: string; documents: string[] }, scoreOf) => ({
    results: best(documents.map((text, index) => ({ index, score: scoreOf(query, text) }))).map(
      ({ index, score }) => ({ index, relevance_score: score }),
    ),
  }),
};

function best<Entry extends { readonly score: number }>(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => b.score - a.score);
}

function labels(score: number) {
  return [
    { label: "LABEL_0", score: -score },
    { label: "LABEL_1", score },
  ];
}

describe.each(Object.entries(RESPONSES))("contentHandlers.%s", (name, respond) => {
  contentHandlerSuite({ create: contentHandlers[name as keyof typeof contentHandlers], respond });
});
