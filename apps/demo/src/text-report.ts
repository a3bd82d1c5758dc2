import { relative } from "node:path";
import type { Document } from "@langchain/core/documents";
import type { HybridFound } from "@secondpass/retrievers-hybrid/store";
import type { DemoResult } from "./demo-result.js";
import { placeBefore } from "./place-before.js";

/** How the first pass searched. */
const BY = { hybrid: "by words and meaning", dense: "by meaning", lexical: "by words" } as const;

export interface TextReportOptions {
  /** Whether only the answers are printed. */
  readonly quiet: boolean;
  /** Note printed below the answers. */
  readonly note: string | undefined;
}

const LINE = "-".repeat(100);
/** Characters of a candidate that are shown: enough to see its topic. */
const SHORT = 160;

/** The notebook's output, once for each pass: `Document i:` blocks separated by 100 dashes. */
export function textReport(result: DemoResult, { quiet, note }: TextReportOptions): string {
  const { query, candidates, reranked, best, timings } = result;
  const answers = best.map((document, index) => {
    const judged = reranked ? judgement(document, candidates) : fusion(document);
    return `Document ${index + 1}: ${judged}, ${place(document)}\n\n${document.pageContent}`;
  });
  if (quiet) return blocks(answers);
  const first = candidates.map(
    (document, index) =>
      `Document ${index + 1}: ${fusion(document)}, ${place(document)}\n\n${shortened(document.pageContent)}`,
  );
  return [
    `Query: ${query}`,
    `Searched ${plural(result.documents.length, "document")} in ${plural(result.chunks.length, "chunk")}${result.reused ? ", by the saved index" : ""}.`,
    "",
    `=== First pass: the best ${candidates.length} ${BY[result.mode]}, shortened`,
    "",
    blocks(first),
    "",
    reranked
      ? `=== Second pass: the best ${best.length}, read together with the query; ranks of both passes decide`
      : `=== No second pass: the best ${best.length} of the first`,
    "",
    blocks(answers),
    ...(note === undefined ? [] : ["", note]),
    "",
    timings.toString(),
  ].join("\n");
}

/** Writes the score of the second pass, and the place in the first. */
function judgement(document: Document, candidates: readonly Document[]): string {
  const before = placeBefore(document, candidates);
  const score = (document.metadata.relevanceScore as number).toFixed(4);
  return `score ${score}, ${before ? `was ${ordinal(before)}` : "new"}`;
}

/** Writes the scores of the first pass. */
function fusion({ metadata }: Document): string {
  const { bm25Score, similarity } = metadata.fusion as Omit<HybridFound, "document">;
  const scores = [
    ...(bm25Score === undefined ? [] : [`words ${bm25Score.toFixed(2)}`]),
    ...(similarity === undefined ? [] : [`meaning ${similarity.toFixed(2)}`]),
  ];
  return scores.join(", ");
}

function blocks(texts: readonly string[]): string {
  return texts.length === 0 ? "(nothing found)" : texts.join(`\n${LINE}\n`);
}

function place({ metadata }: Document): string {
  const lines = metadata.loc?.lines as { from: number; to: number } | undefined;
  const given = String(metadata.source);
  const fromHere = relative(process.cwd(), given);
  const source = fromHere.startsWith("..") ? given : fromHere;
  return lines ? `${source}:${lines.from}-${lines.to}` : source;
}

function shortened(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const characters = [...flat];
  return characters.length <= SHORT ? flat : `${characters.slice(0, SHORT).join("")}…`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function ordinal(number: number): string {
  const suffix = { one: "st", two: "nd", few: "rd" } as Record<string, string>;
  return `${number}${suffix[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th"}`;
}
