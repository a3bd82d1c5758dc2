import { findUnknownText } from "@secondpass/core";
import { z } from "zod";
import { modelError } from "../../corpus/model-error.js";
import type { Call } from "../calls/answer-call.js";
import { maxCharacters } from "../calls/max-characters.js";
import { defineTool } from "../calls/mcp-tool.js";
import { packedAnswer } from "../calls/packed-answer.js";
import { queryArgument } from "../calls/query-argument.js";
import { unknownTextWarning } from "../calls/unknown-text-warning.js";
import type { Library } from "../library/library.js";

/** Texts scored at a time; between two batches, progress is reported and the call can be cancelled. */
const BATCH = 32;
const MAX_DOCUMENTS = 1000;
/** Longest text, in UTF-16 units. Models read far fewer. */
const MAX_DOCUMENT = 100_000;
/** UTF-16 units of the texts that are checked for a script that the model does not know. */
const SAMPLE = 1000;
/** UTF-16 units of each text in the answer: the agent has the whole. */
const BEGINNING = 80;

/** `rerank`: puts texts that the agent sends in order. */
export const rerank = defineTool({
  name: "rerank",
  title: "Rerank texts",
  description:
    "Puts texts that you have, such as results of another search, in the order in which they answer a question. A reranker reads each together with the question. Needs no index.",
  input: {
    query: queryArgument,
    documents: z
      .array(z.string().max(MAX_DOCUMENT))
      .max(MAX_DOCUMENTS)
      .describe(`The texts, ${MAX_DOCUMENTS} at most.`),
    top_n: z.int().min(1).max(MAX_DOCUMENTS).optional().describe("Results at most; all if not given."),
    max_characters: maxCharacters,
  },
  output: z.object({
    results: z.array(
      z.object({
        index: z.number().describe("Place in documents, counted from 0."),
        score: z.number().describe("Higher is better."),
      }),
    ),
    omitted: z.number().describe("How many results are left out to keep to max_characters."),
    warnings: z.array(z.string()),
  }),
  steps: 2,
  async answer({ query, documents, top_n: topN, max_characters: max }, call: Call, { reranker }: Library) {
    const { progress, signal, warnings } = call;
    progress.next("Loading the reranker");
    const scores: number[] = [];
    try {
      for (let start = 0; start < documents.length; start += BATCH) {
        if (start === 0) await warnOfUnknown();
        const pairs = documents.slice(start, start + BATCH).map((text) => [query, text] as const);
        scores.push(...(await reranker.score(pairs, { signal })));
        signal.throwIfAborted();
        if (start === 0) progress.next(`Reranking ${documents.length} texts`);
        progress.within(
          scores.length / documents.length,
          `Reranked ${scores.length} of ${documents.length} texts`,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      throw modelError(error, "--model");
    }
    const order = scores.map((score, index) => ({ index, score }));
    if (warnings.length === 0) order.sort((a, b) => b.score - a.score || a.index - b.index);
    const results = order.slice(0, topN);
    const { text, bodies } = packedAnswer({
      intro: [
        ...warnings.map((warning) => `Warning: ${warning}`),
        `${results.length} of ${documents.length} texts.`,
      ].join("\n"),
      pieces: results.map(({ index, score }, i) => ({
        head: `[${i + 1}] documents[${index}] (score ${score.toFixed(4)})`,
        body: documents[index]!.slice(0, BEGINNING).replace(/\s+/g, " "),
        reference: `documents[${index}]`,
      })),
      maxCharacters: max,
      advice: (left, references) =>
        `${left} results are left out to keep to ${max} characters${references}. Call rerank with a larger max_characters for them, or with top_n for the best alone.`,
    });
    const shown = results.slice(0, bodies.length);
    return { text, structured: { results: shown, omitted: results.length - shown.length, warnings } };

    /** Warns if the model does not know the texts' language: its scores would mean nothing, so the texts keep their order. */
    async function warnOfUnknown(): Promise<void> {
      for (const sample of [query, documents.slice(0, BATCH).join("\n").slice(0, SAMPLE)]) {
        const report = await findUnknownText(reranker, sample, {
          recommended: "BAAI/bge-reranker-v2-m3",
          signal,
        });
        if (report === undefined) continue;
        warnings.push(unknownTextWarning(report, "the reranker", "The texts keep their order."));
        return;
      }
    }
  },
});
