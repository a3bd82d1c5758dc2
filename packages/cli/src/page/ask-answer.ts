import type { Candidate, FoundSentence } from "../corpus/search-corpus.js";
import type { TextFormat } from "./collection.js";
import type { CollectionFacts } from "./page-state.js";

/** A passage of the first pass, and what the second pass made of it. */
export interface AskedPassage extends Omit<Candidate, "path"> {
  readonly format: TextFormat;
  /** Its place among the best; undefined if it is not one of them. */
  readonly place?: number;
  /** Of one of the best, in the order of the text. */
  readonly sentences?: readonly FoundSentence[];
  /** Of one of the best: what has to be read before its text, as Markdown. */
  readonly context?: string;
}

/** The answer of `POST /api/ask`. */
export interface AskAnswer {
  /** What was asked, as it was then: the index may have been replaced since. */
  readonly collection: CollectionFacts;
  readonly question: string;
  readonly mode: "hybrid" | "dense" | "lexical";
  /** Name of the reranker; undefined if the first pass decided. */
  readonly model?: string;
  /** In the order of the first pass. */
  readonly passages: readonly AskedPassage[];
  /** What the models do not know, in sentences for people. */
  readonly warnings: readonly string[];
  readonly milliseconds: {
    readonly firstPass: number;
    readonly rerank: number;
    readonly sentences: number;
    /** From the request's arrival on. */
    readonly total: number;
  };
  /** Pairs that the reranker has read, and those that it had read before. */
  readonly pairs: { readonly computed: number; readonly remembered: number };
}
