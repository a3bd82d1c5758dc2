import { z } from "zod";
import { searchCorpus } from "../../corpus/search-corpus.js";
import type { Call } from "../calls/answer-call.js";
import { linesSchema, linesText } from "../calls/lines-schema.js";
import { maxCharacters } from "../calls/max-characters.js";
import { defineTool } from "../calls/mcp-tool.js";
import { packedAnswer } from "../calls/packed-answer.js";
import { queryArgument } from "../calls/query-argument.js";
import { ToolError } from "../calls/tool-error.js";
import { unknownTextWarning } from "../calls/unknown-text-warning.js";
import type { Library } from "../library/library.js";

const place = {
  id: z.string().describe("For read_passage."),
  source: z.string().describe("Path of the file in the indexed folder."),
  file: z.string().describe("Absolute path of the file."),
  lines: linesSchema,
  start_index: z.number().describe("Where the passage begins in the file's text, in UTF-16 units."),
  end_index: z.number(),
  score: z.number().describe("The reranker's score, higher is better; the first pass's without a reranker."),
};

/** By pass: the model that does not know a language, and the consequence. */
const UNKNOWN = {
  first: ["the embedder of the index", "Words alone found the candidates."],
  second: ["the reranker", "The order of the first pass was kept."],
} as const;

/** `search`: searches the index in two passes. */
export const search = defineTool({
  name: "search",
  title: "Search the documents",
  description:
    "Searches the indexed documents in two passes: words and meaning find candidates, then a reranker reads each together with the question and puts the best first. Ask a whole question or describe what you look for. Answers passages with file, lines and id; read_passage gives their surroundings.",
  input: {
    query: queryArgument,
    top_n: z.int().min(1).max(50).default(5).describe("Passages at most, 1 to 50."),
    candidates: z
      .int()
      .min(1)
      .max(200)
      .default(20)
      .describe(
        "Passages that the first pass proposes to the reranker, 1 to 200. More find more and take longer.",
      ),
    mode: z
      .enum(["hybrid", "dense", "lexical"])
      .default("hybrid")
      .describe(
        "How candidates are found: by words and meaning, by meaning alone (dense) or by words alone (lexical).",
      ),
    rerank: z.boolean().default(true).describe("Whether a reranker decides the order. False is faster."),
    min_score: z.number().optional().describe("Least score of the reranker; passages below are left out."),
    max_characters: maxCharacters,
  },
  output: z.object({
    mode: z.enum(["hybrid", "dense", "lexical"]),
    reranked: z.boolean(),
    candidates: z.number().describe("How many passages the first pass proposed."),
    passages: z.array(
      z.object({
        ...place,
        place_before: z.number().describe("Its place by the first pass, counted from 1."),
        text: z.string(),
        is_cut: z
          .boolean()
          .describe("Whether the text is cut to max_characters; read_passage gives all of it."),
      }),
    ),
    omitted: z
      .array(z.object(place))
      .describe("Passages that were found and left out to keep to max_characters; read_passage gives them."),
    warnings: z.array(z.string()),
  }),
  steps: 4,
  async answer(args, { progress, signal, warnings }: Call, { index, reranker }: Library) {
    const { query, mode, rerank, min_score: threshold, top_n: topN } = args;
    if (threshold !== undefined && !rerank) {
      throw new ToolError(
        "Expected min_score only with rerank: true, because it is compared with the reranker's scores. Leave out one of them.",
      );
    }
    progress.next("Opening the index");
    return index.use(async (opened) => {
      const { passages, candidates } = await searchCorpus(opened, {
        question: query,
        mode,
        k: Math.max(args.candidates, topN),
        topN,
        sentences: 0,
        signal,
        ...(rerank && { reranker }),
        ...(threshold !== undefined && { threshold }),
        onUnknownText: (report, pass) => {
          const [model, consequence] = UNKNOWN[pass];
          warnings.push(unknownTextWarning(report, model, consequence));
        },
        onStep: (step) => {
          if (step.step === "find") progress.next("Finding candidates");
          if (step.step === "rerank") progress.next(`Reranking ${step.candidates} candidates`);
        },
      });
      const { corpus } = opened.settings;
      const how = rerank ? `${mode} search, reranked` : `${mode} search`;
      const count =
        passages.length === 0
          ? "No passage was found"
          : `${passages.length} of ${candidates} candidates, best first`;
      const { text, bodies } = packedAnswer({
        intro: [
          ...warnings.map((warning) => `Warning: ${warning}`),
          `${count} (${how}). Files are in ${corpus}.`,
        ].join("\n"),
        pieces: passages.map(({ id, source, lines, score, text: body }, i) => ({
          head: `[${i + 1}] ${source}:${linesText(lines)} (score ${score.toFixed(4)}, id ${id})`,
          body,
          reference: id,
        })),
        maxCharacters: args.max_characters,
        advice: (left, references) =>
          `${left === 1 ? "1 passage is" : `${left} passages are`} cut or left out to keep to ${args.max_characters} characters. Call read_passage with an id${references}, or search with a larger max_characters.`,
      });
      const placeOf = ({
        id,
        source,
        path,
        lines,
        startIndex,
        endIndex,
        score,
      }: (typeof passages)[number]) => ({
        id,
        source,
        file: path,
        lines,
        start_index: startIndex,
        end_index: endIndex,
        score,
      });
      return {
        text,
        structured: {
          mode,
          reranked: rerank,
          candidates,
          passages: passages.slice(0, bodies.length).map((passage, i) => ({
            ...placeOf(passage),
            place_before: passage.placeBefore,
            text: bodies[i] as string,
            is_cut: bodies[i] !== passage.text,
          })),
          omitted: passages.slice(bodies.length).map(placeOf),
          warnings,
        },
      };
    }, signal);
  },
});
