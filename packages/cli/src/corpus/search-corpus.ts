import type { DocumentInterface } from "@langchain/core/documents";
import { type UnknownText, warnOfUnknownText } from "@secondpass/core";
import type { BaseCrossEncoder } from "@secondpass/cross-encoders";
import { CrossEncoderReranker, SentenceHighlighter } from "@secondpass/retrievers-compression";
import type { HybridFound, HybridMode } from "@secondpass/retrievers-hybrid/store";
import type { CorpusIndex } from "./corpus-index.js";
import { indexError } from "./index-error.js";
import { modelError } from "./model-error.js";
import type { PassageMetadata } from "./passage-splitter.js";

/** A step of a search that begins: the first pass, reranking a number of candidates, or marking sentences in a number of passages. */
export type SearchStep =
  | { readonly step: "find" }
  | { readonly step: "rerank"; readonly candidates: number }
  | { readonly step: "mark"; readonly passages: number };

/** A search: the question, and the options. */
export interface SearchRequest {
  readonly question: string;
  /** What the first pass searches by. @default "hybrid" */
  readonly mode?: HybridMode;
  /** Candidates of the first pass. @default 20 */
  readonly k?: number;
  /** Passages at most. @default 3 */
  readonly topN?: number;
  /** Minimum score of the reranker, on its scale. @default none */
  readonly threshold?: number;
  /** Sentences marked in each passage; 0 for none. @default 1 */
  readonly sentences?: number;
  /** Reads the candidates together with the question. @default none: the first pass decides */
  readonly reranker?: BaseCrossEncoder;
  /** Weight of the first pass's order, from 0 (only the reranker's order counts) to 1 (only the first pass's). @default 0.5 */
  readonly blend?: number;
  /**
   * Called if the model of a pass does not know a language. If it is the embedder of the first pass, words alone find candidates. If it is the reranker of the
   * second, the order of the first pass is kept. @default a warning of the process
   */
  readonly onUnknownText?: (report: UnknownText, pass: "first" | "second") => void;
  readonly onStep?: (step: SearchStep) => void;
  readonly signal?: AbortSignal;
}

/** A sentence of a passage that answers the question. */
export interface FoundSentence {
  /** The reranker's score. */
  readonly score: number;
  /** Where it is in the passage's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A passage that the first pass proposed. */
export interface Candidate {
  /** Its id in the index. */
  readonly id: string;
  /** Its place by the first pass, 1 for the best. */
  readonly placeBefore: number;
  readonly firstPass: {
    readonly score: number;
    /** Cosine of the question and the passage; undefined if it was not computed. */
    readonly similarity?: number;
    readonly bm25Score?: number;
  };
  /** Path of the file in the corpus, with "/". */
  readonly source: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** First and last line in the file, counted from 1. */
  readonly lines: { readonly from: number; readonly to: number };
  /** Where it begins and ends in the file's text, in UTF-16 units. */
  readonly startIndex: number;
  readonly endIndex: number;
  readonly text: string;
  /** The reranker's score; undefined without a reranker. */
  readonly rerankScore?: number;
}

/** A passage that was found. */
export interface FoundPassage extends Candidate {
  /** 1 for the best. */
  readonly place: number;
  /** The reranker's score; without a reranker the first pass's. */
  readonly score: number;
  /** In the order of the text. */
  readonly sentences: readonly FoundSentence[];
}

/** What a search found, and how long its steps took. */
export interface SearchAnswer {
  readonly question: string;
  readonly mode: HybridMode;
  readonly isReranked: boolean;
  /** How many passages the first pass proposed. */
  readonly candidates: number;
  readonly passages: readonly FoundPassage[];
  /** All candidates of the first pass, in its order. */
  readonly proposed: readonly Candidate[];
  readonly milliseconds: { readonly firstPass: number; readonly rerank: number; readonly sentences: number };
}

/**
 * Searches an index in two passes: words and meaning propose candidates, the reranker reads them together with the question, and the orders of both decide.
 * Prints nothing.
 *
 * @throws {CommandError} if a model cannot be loaded or run
 */
export async function searchCorpus(index: CorpusIndex, request: SearchRequest): Promise<SearchAnswer> {
  const {
    question,
    mode = "hybrid",
    k = 20,
    topN = 3,
    sentences = 1,
    reranker,
    onStep,
    onUnknownText,
    signal,
  } = request;
  const startedAt = performance.now();
  onStep?.({ step: "find" });
  const options = {
    k,
    mode,
    ...(onUnknownText && { onUnknownText: (report: UnknownText) => onUnknownText(report, "first") }),
    ...(signal && { signal }),
  };
  const found = await index.store.search(question, options).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw indexError(error, index.folder, index.settings);
  });
  const foundAt = performance.now();
  const candidates = found.map((one, i) => candidateOf(index, one, i));
  const answer = { question, mode, isReranked: reranker !== undefined, candidates: found.length };
  if (reranker === undefined) {
    const passages = candidates.slice(0, topN).map((candidate, i) => {
      return { ...candidate, place: i + 1, score: candidate.firstPass.score, sentences: [] };
    });
    const milliseconds = { firstPass: since(startedAt, foundAt), rerank: 0, sentences: 0 };
    return { ...answer, passages, proposed: candidates, milliseconds };
  }
  try {
    const places = new Map(found.map(({ document: { id } }, i) => [id, i]));
    onStep?.({ step: "rerank", candidates: found.length });
    const { ranked, isKnown } = await rerank(found, reranker, request);
    const rerankedAt = performance.now();
    const { threshold } = request;
    const best = ranked
      .filter(({ metadata }) => !isKnown || threshold === undefined || metadata.relevanceScore >= threshold)
      .slice(0, topN);
    if (sentences > 0) onStep?.({ step: "mark", passages: best.length });
    const marked = sentences > 0 ? await markSentences(best, question, reranker, sentences, signal) : best;
    const proposed = [...candidates];
    for (const { id, metadata } of ranked) {
      const place = places.get(id) as number;
      proposed[place] = { ...candidates[place]!, rerankScore: metadata.relevanceScore as number };
    }
    const passages = marked.map((document, i): FoundPassage => {
      const candidate = proposed[places.get(document.id) as number]!;
      return {
        ...candidate,
        place: i + 1,
        score: candidate.rerankScore as number,
        sentences: sentencesOf(document),
      };
    });
    const milliseconds = {
      firstPass: since(startedAt, foundAt),
      rerank: since(foundAt, rerankedAt),
      sentences: since(rerankedAt, performance.now()),
    };
    return { ...answer, passages, proposed, milliseconds };
  } catch (error) {
    signal?.throwIfAborted();
    throw modelError(error, "--model");
  }
}

/** Reranks the candidates. `isKnown` says whether the reranker knows the language: if not, the order is the first pass's, and the reranker's scores mean nothing. */
async function rerank(
  found: readonly HybridFound[],
  model: BaseCrossEncoder,
  { question, blend = 0.5, onUnknownText, signal }: SearchRequest,
): Promise<{ readonly ranked: readonly DocumentInterface[]; readonly isKnown: boolean }> {
  let isKnown = true;
  const compressor = new CrossEncoderReranker({
    model,
    topN: Number.POSITIVE_INFINITY,
    blend,
    onUnknownText: (report) => {
      isKnown = false;
      if (onUnknownText) onUnknownText(report, "second");
      else warnOfUnknownText(report, "The order of the first pass is kept for such questions.");
    },
  });
  const documents = found.map(({ document }) => document);
  const ranked = await compressor.invoke({ documents, query: question }, { signal });
  return { ranked, isKnown };
}

async function markSentences(
  documents: readonly DocumentInterface[],
  query: string,
  model: BaseCrossEncoder,
  topSentences: number,
  signal: AbortSignal | undefined,
): Promise<DocumentInterface[]> {
  const highlighter = new SentenceHighlighter({ model, topSentences });
  return highlighter.invoke({ documents: [...documents], query }, { signal });
}

function candidateOf(
  index: CorpusIndex,
  { document: { id, pageContent: text, metadata }, score, similarity, bm25Score }: HybridFound,
  place: number,
): Candidate {
  const { source, startIndex, endIndex, loc } = metadata as PassageMetadata & Record<string, unknown>;
  return {
    id: id as string,
    placeBefore: place + 1,
    firstPass: {
      score,
      ...(similarity !== undefined && { similarity }),
      ...(bm25Score !== undefined && { bm25Score }),
    },
    source,
    path: index.pathOf(source),
    lines: loc.lines,
    startIndex,
    endIndex,
    text,
  };
}

function sentencesOf({ pageContent, metadata }: DocumentInterface): FoundSentence[] {
  const highlights = (metadata.highlights ?? []) as Omit<FoundSentence, "text">[];
  return [...highlights]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, score }) => ({ score, start, end, text: pageContent.slice(start, end) }));
}

function since(start: number, end: number): number {
  return Math.round(end - start);
}
