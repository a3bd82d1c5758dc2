import type { CallbackManagerForChainRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import { type RunnableConfig, RunnableLambda } from "@langchain/core/runnables";
import {
  checkCount,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkText,
  InvalidOptionError,
} from "@secondpass/core";
import { checkKey } from "./check-key.js";
import { childConfig } from "./child-config.js";
import { chooseSentences, type SentenceChoice } from "./choose-sentences.js";
import type { Highlight } from "./highlight.js";
import { keepSentences } from "./keep-sentences.js";
import { checkModel, type RerankingModel } from "./reranking-model.js";
import { RunnableDocumentCompressor } from "./runnable-document-compressor.js";
import { type SentenceScores, scoreSentences } from "./score-sentences.js";
import { scoreSentencesByTokens } from "./score-sentences-by-tokens.js";
import type { PassageSentences } from "./sentences/passage-sentences.js";
import { type LocatedSentence, sentenceSegmenter, splitSentences } from "./sentences/split-sentences.js";
import { isTokenScorer, type TokenScorer } from "./token-scorer.js";
import { withMetadata } from "./with-metadata.js";

export interface SentenceHighlighterFields {
  /**
   * A `BaseCrossEncoder`, or any object with `score(pairs)` or `predict(pairs)`. A model that scores tokens (`HuggingFaceCrossEncoder` with a model like
   * Provence) reads each whole passage once.
   */
  readonly model: RerankingModel;
  /** `"mark"` keeps texts unchanged; `"keep"` shortens them to the best sentences, and drops documents without any. @default "mark" */
  readonly mode?: "mark" | "keep";
  /**
   * Maximum number of sentences from each document. Minimum 1; Infinity for all that reach the threshold.
   * @default 1; Infinity if there is a `scoreThreshold` or the model has one for sentences
   */
  readonly topSentences?: number;
  /** Smallest score of a sentence, on the model's scale. @default the model's own threshold if it scores tokens (a sentence must be above it); else none */
  readonly scoreThreshold?: number;
  /** Number of sentences that `"keep"` leaves before and after each of the best. Minimum 0. @default 0 */
  readonly contextSentences?: number;
  /** Text that replaces the removed text between two sentences with `"keep"`. @default " … " */
  readonly separator?: string;
  /** BCP 47 tag of the texts' language, for `Intl.Segmenter`, whose rules are the same for most languages. @default that of the process */
  readonly language?: string;
  /** Metadata field that receives the list of {@link Highlight}. @default "highlights" */
  readonly highlightsKey?: string;
}

const FIELDS = [
  "model",
  "mode",
  "topSentences",
  "scoreThreshold",
  "contextSentences",
  "separator",
  "language",
  "highlightsKey",
] as const;

/**
 * Finds the evidence in documents: scores each sentence by the query, and marks the best or keeps only these. All sentences of all documents are
 * scored in one call of the model. Headings are only scored if a document has nothing else.
 *
 * Returns copies of the documents, in their order. Offsets of {@link Highlight} are positions in the returned text, and in its source if the splitter has
 * set `startIndex`. One call can have its own `topSentences`, in `configurable`.
 *
 * @example
 * const highlighter = new SentenceHighlighter({ model, topSentences: 2 });
 * const [document] = await highlighter.compressDocuments(documents, "How tall is Mont Blanc?");
 * console.log(highlight(document)); // Mont Blanc is in the Alps. **It is 4,806 m high.**
 */
export class SentenceHighlighter extends RunnableDocumentCompressor {
  static override lc_name(): string {
    return "SentenceHighlighter";
  }

  readonly model: RerankingModel;
  readonly mode: "mark" | "keep";
  readonly topSentences: number | undefined;
  readonly scoreThreshold: number | undefined;
  readonly contextSentences: number;
  readonly separator: string;
  readonly highlightsKey: string;
  private readonly segmenter: Intl.Segmenter;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if a field has an invalid value
   */
  constructor(fields: SentenceHighlighterFields) {
    checkKnownOptions(fields, FIELDS, "SentenceHighlighter");
    super(fields);
    this.model = checkModel(fields?.model);
    this.mode = checkOneOf("mode", fields.mode ?? "mark", ["mark", "keep"]);
    this.topSentences =
      fields.topSentences === undefined ? undefined : checkCount("topSentences", fields.topSentences);
    this.scoreThreshold =
      fields.scoreThreshold === undefined ? undefined : checkNumber("scoreThreshold", fields.scoreThreshold);
    this.contextSentences = checkContext(fields.contextSentences ?? 0);
    this.separator = checkText(fields.separator ?? " … ", "separator");
    this.highlightsKey = checkKey("highlightsKey", fields.highlightsKey ?? "highlights");
    this.segmenter = sentenceSegmenter(fields.language);
    this.lc_serializable = "lc_serializable" in this.model && this.model.lc_serializable === true;
  }

  protected override async compress(
    documents: readonly DocumentInterface[],
    query: string,
    config: RunnableConfig,
    run?: CallbackManagerForChainRun,
  ): Promise<DocumentInterface[]> {
    const { signal, configurable } = config;
    const requested = configurable?.topSentences ?? this.topSentences;
    const topSentences =
      requested === undefined ? undefined : checkCount("configurable.topSentences", requested);
    const passages: PassageSentences[] = [];
    for (const { pageContent } of documents) {
      passages.push({
        text: pageContent,
        sentences: await splitSentences(pageContent, this.segmenter, signal),
      });
    }
    const { scores, choice } = await this.score(query, passages, topSentences, config, run);
    return documents.flatMap((document, i) => {
      const { sentences } = passages[i]!;
      const chosen = chooseSentences(scores[i]!, choice);
      const highlights = chosen.map((index) => highlightOf(document, sentences[index]!, scores[i]![index]!));
      if (this.mode === "mark") return [withMetadata(document, this.highlightsKey, highlights)];
      if (highlights.length === 0) return [];
      const { contextSentences: context, separator, highlightsKey } = this;
      return [keepSentences(document, sentences, chosen, highlights, { context, separator, highlightsKey })];
    });
  }

  /** Scores the sentences, and decides which scores are good enough. The model's own threshold is used only for scores from tokens. */
  private async score(
    query: string,
    passages: readonly PassageSentences[],
    topSentences: number | undefined,
    config: RunnableConfig,
    run: CallbackManagerForChainRun | undefined,
  ): Promise<{ readonly scores: readonly SentenceScores[]; readonly choice: SentenceChoice }> {
    const { model, scoreThreshold } = this;
    const { signal } = config;
    const isEmpty = passages.every(({ sentences }) => sentences.length === 0);
    const threshold = !isEmpty && isTokenScorer(model) ? await model.tokenThreshold({ signal }) : undefined;
    const child = childConfig(config, run, "cross_encoder");
    const passes = (score: number) => {
      if (scoreThreshold !== undefined) return score >= scoreThreshold;
      return threshold === undefined || score > threshold;
    };
    const hasThreshold = (scoreThreshold ?? threshold) !== undefined;
    const choice = { topSentences: topSentences ?? (hasThreshold ? Number.POSITIVE_INFINITY : 1), passes };
    if (threshold === undefined)
      return { scores: await scoreSentences(model, query, passages, child), choice };
    const byTokens = RunnableLambda.from(() =>
      scoreSentencesByTokens(model as RerankingModel & TokenScorer, query, passages, signal),
    );
    return { scores: await byTokens.invoke(query, { ...child, runName: "scoreTokens" }), choice };
  }
}

function highlightOf(
  { metadata }: DocumentInterface,
  { start, end }: LocatedSentence,
  score: number,
): Highlight {
  const startIndex: unknown = metadata?.startIndex;
  if (!Number.isInteger(startIndex) || (startIndex as number) < 0) return { start, end, score };
  const offset = startIndex as number;
  return { start, end, score, sourceStart: offset + start, sourceEnd: offset + end };
}

function checkContext(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  throw new InvalidOptionError("contextSentences", "a whole number from 0", value);
}
