import type { Document, DocumentInterface } from "@langchain/core/documents";
import type { UnknownText } from "@secondpass/core";
import type { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { CrossEncoderReranker, SentenceHighlighter } from "@secondpass/retrievers-compression";
import type { HybridFound, HybridMode } from "@secondpass/retrievers-hybrid/store";
import type { CorpusIndex } from "./corpus-index.js";
import { indexError } from "./index-error.js";
import { modelError } from "./model-error.js";
import type { PassageMetadata } from "./passage-splitter.js";

/** A step that begins: the first pass, the reranker with so many candidates, the marking of so many passages. */
export type SearchStep =
  | { readonly step: "find" }
  | { readonly step: "rerank"; readonly candidates: number }
  | { readonly step: "mark"; readonly passages: number };

/** What is searched for, and how. */
export interface SearchRequest {
  readonly question: string;
  /** What the first pass searches by. @default "hybrid" */
  readonly mode?: HybridMode;
  /** Candidates of the first pass. @default 20 */
  readonly k?: number;
  /** Passages at most. @default 3 */
  readonly topN?: number;
  /** Least score of the reranker, on its scale. @default none */
  readonly threshold?: number;
  /** Sentences marked in each passage; 0 for none. @default 1 */
  readonly sentences?: number;
  /** Reads the candidates together with the question. @default none: the first pass decides */
  readonly reranker?: HuggingFaceCrossEncoder;
  /** Told if a model does not know the question's script. @default a warning of the process */
  readonly onUnknownText?: (report: UnknownText) => void;
  readonly onStep?: (step: SearchStep) => void;
  readonly signal?: AbortSignal;
}

/** A sentence that speaks for its passage. */
export interface FoundSentence {
  /** The reranker's score. */
  readonly score: number;
  /** Where it is in the passage's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A passage that was found. */
export interface FoundPassage {
  /** Its id in the index. */
  readonly id: string;
  /** 1 for the best. */
  readonly place: number;
  /** Its place by the first pass. */
  readonly placeBefore: number;
  /** The reranker's score; without a reranker the first pass's. */
  readonly score: number;
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
  readonly milliseconds: { readonly firstPass: number; readonly rerank: number; readonly sentences: number };
}

/**
 * Searches an index in two passes: words and meaning propose candidates, the reranker reads them together with the question, the orders of both decide. Nothing is
 * printed.
 *
 * @throws {CommandError} if a model cannot be loaded or run
 */
export async function searchCorpus(index: CorpusIndex, request: SearchRequest): Promise<SearchAnswer> {
  const { question, mode = "hybrid", k = 20, topN = 3, sentences = 1, reranker, onStep, signal } = request;
  const startedAt = performance.now();
  onStep?.({ step: "find" });
  const found = await index.store.search(question, { k, mode, signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw indexError(error, index.folder, index.settings);
  });
  const foundAt = performance.now();
  const places = new Map(found.map(({ document: { id } }, i) => [id, i]));
  const documents = found.map(({ document }) => document);
  const answer = { question, mode, isReranked: reranker !== undefined, candidates: found.length };
  if (reranker === undefined) {
    const passages = found.slice(0, topN).map(({ document }, i) => passageOf(index, document, i, found[i]!));
    const milliseconds = { firstPass: since(startedAt, foundAt), rerank: 0, sentences: 0 };
    return { ...answer, passages, milliseconds };
  }
  try {
    const { threshold, onUnknownText } = request;
    const compressor = new CrossEncoderReranker({
      model: reranker,
      topN,
      blend: true,
      ...(threshold !== undefined && { scoreThreshold: threshold }),
      ...(onUnknownText && { onUnknownText }),
    });
    onStep?.({ step: "rerank", candidates: found.length });
    const best = await compressor.invoke({ documents, query: question }, { signal });
    const rerankedAt = performance.now();
    if (sentences > 0) onStep?.({ step: "mark", passages: best.length });
    const marked = sentences > 0 ? await markSentences(best, question, reranker, sentences, signal) : best;
    const passages = marked.map((document, i) => {
      const place = places.get(document.id) as number;
      return passageOf(index, document, i, found[place]!, place);
    });
    const milliseconds = {
      firstPass: since(startedAt, foundAt),
      rerank: since(foundAt, rerankedAt),
      sentences: since(rerankedAt, performance.now()),
    };
    return { ...answer, passages, milliseconds };
  } catch (error) {
    signal?.throwIfAborted();
    throw modelError(error, "--model");
  }
}

async function markSentences(
  documents: readonly DocumentInterface[],
  query: string,
  model: HuggingFaceCrossEncoder,
  topSentences: number,
  signal: AbortSignal | undefined,
): Promise<DocumentInterface[]> {
  const highlighter = new SentenceHighlighter({ model, topSentences });
  return highlighter.invoke({ documents: [...documents], query }, { signal });
}

interface Highlight {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

function passageOf(
  index: CorpusIndex,
  { id, pageContent: text, metadata }: DocumentInterface | Document,
  rank: number,
  { score, similarity, bm25Score }: HybridFound,
  placeBefore = rank,
): FoundPassage {
  const { source, startIndex, endIndex, loc } = metadata as PassageMetadata & Record<string, unknown>;
  const highlights = [...((metadata.highlights ?? []) as Highlight[])].sort((a, b) => a.start - b.start);
  return {
    id: id as string,
    place: rank + 1,
    placeBefore: placeBefore + 1,
    score: (metadata.relevanceScore as number | undefined) ?? score,
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
    sentences: highlights.map(({ start, end, score }) => ({
      score,
      start,
      end,
      text: text.slice(start, end),
    })),
  };
}

function since(start: number, end: number): number {
  return Math.round(end - start);
}
