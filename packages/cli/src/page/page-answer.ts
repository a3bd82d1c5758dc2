import type { Candidate, FoundSentence } from "../corpus/search-corpus.js";
import type { TextFormat } from "./collection.js";
import type { CollectionFacts } from "./page-state.js";

/** A passage of the first pass, with the second pass's result for it. */
export interface AnswerPassage extends Omit<Candidate, "path"> {
  readonly format: TextFormat;
  /** Its place among the best; undefined if it is not one of them. */
  readonly place?: number;
  /** Marked sentences of one of the best, in the order of the text. */
  readonly sentences?: readonly FoundSentence[];
  /** Markdown to put before the text of one of the best, so that it is rendered as in its file. */
  readonly context?: string;
}

/** The answer of `POST /api/search`. */
export interface PageAnswer {
  /** The collection at the time of the question; its index may have been replaced since. */
  readonly collection: CollectionFacts;
  readonly question: string;
  readonly mode: "hybrid" | "dense" | "lexical";
  /** Name of the reranker; undefined if the first pass decided. */
  readonly model?: string;
  /** In the order of the first pass. */
  readonly passages: readonly AnswerPassage[];
  /** Sentences for people about languages that the models do not know. */
  readonly warnings: readonly string[];
  readonly milliseconds: {
    readonly firstPass: number;
    readonly rerank: number;
    readonly sentences: number;
    /** Time since the request arrived. */
    readonly total: number;
  };
  /** Pairs that the reranker scored for this question, and those with remembered scores. */
  readonly pairs: { readonly computed: number; readonly remembered: number };
}
