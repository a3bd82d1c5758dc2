import type { CallbackManagerForChainRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  checkCount,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  findUnknownText,
  InvalidOptionError,
  type UnknownText,
  warnOfUnknownText,
} from "@secondpass/core";
import { type Blend, blendOrders } from "./blend-orders.js";
import { checkKey } from "./check-key.js";
import { childConfig } from "./child-config.js";
import { type DocumentText, documentTextFunction } from "./document-text.js";
import { checkModel, type Ranked, type RerankingModel, rankTexts } from "./reranking-model.js";
import { RunnableDocumentCompressor } from "./runnable-document-compressor.js";
import { withMetadata } from "./with-metadata.js";

/** Number of documents, and of UTF-16 units of each, that are checked for a language that the model does not know. */
const SAMPLED = 5;
const SAMPLED_UNITS = 200;

/** The blend of `blend: true`. 60 is the c of reciprocal rank fusion's authors. */
const EQUAL: Blend = { c: 60, weight: 0.5 };

/** Converts a model's score to a probability. */
export interface ScoreCalibration {
  /** @returns a number from 0 to 1 that never falls when the score rises */
  probability(score: number): number;
}

export interface CrossEncoderRerankerFields {
  /** A `BaseCrossEncoder`, or any object with `score(pairs)` or `predict(pairs)`. */
  readonly model: RerankingModel;
  /** How many documents to return. Minimum 1; Infinity returns all, reordered. @default 3 */
  readonly topN?: number;
  /**
   * Smallest score with which a document is returned, on the model's own scale, as the scores in the
   * metadata: 0 to 1 for models with a sigmoid (bge-reranker), logits of about −11 to 11 for those without (ms-marco). With a
   * `calibration` it is a probability. With `blend`, the model's score must still reach it.
   * @default none
   */
  readonly scoreThreshold?: number;
  /**
   * Converts scores to the probability that a document is relevant, such as a calibration of `@secondpass/evaluation`. The probability is in the metadata, under
   * `probabilityKey`, and is compared with `scoreThreshold`. @default none
   */
  readonly calibration?: ScoreCalibration;
  /** Metadata field that receives the probability. @default "relevanceProbability" */
  readonly probabilityKey?: string;
  /** Metadata field that receives the score. @default "relevanceScore" */
  readonly scoreKey?: string;
  /**
   * Weight of the documents' original order, 0 to 1: 0 (or `false`) uses only the model's order, 1 only the order of the first pass, and `true` is 0.5.
   * Documents are ordered by `weight / (c + first rank) + (1 - weight) / (c + rank by the model)`. With a good first pass and a small model, blending is better than
   * the model's order alone. An object sets `weight` (0.5 if left out) and `c` (minimum 0; 60 if left out). @default false
   */
  readonly blend?: boolean | number | { readonly c?: number; readonly weight?: number };
  /**
   * The text of a document that the model reads: a template such as `"{title}\n{pageContent}"`, whose other names are metadata fields (`{{` and `}}`
   * are braces; a missing field is empty), or a function. The returned documents are unchanged. @default the page content
   */
  readonly documentText?: DocumentText;
  /**
   * What to do with a query or documents in a script or a language that the model's vocabulary does not know: keep the order of the first pass, without a threshold, or rerank
   * as usual. Works with models that can tell, such as `HuggingFaceCrossEncoder`. Scores are in the metadata in both cases. @default "keepOrder"
   */
  readonly unknownText?: "keepOrder" | "rerank";
  /** Called for each such query. @default a warning, once per process and model */
  readonly onUnknownText?: (report: UnknownText) => void;
}

const FIELDS = [
  "model",
  "topN",
  "scoreThreshold",
  "calibration",
  "probabilityKey",
  "scoreKey",
  "blend",
  "documentText",
  "unknownText",
  "onUnknownText",
] as const satisfies readonly (keyof CrossEncoderRerankerFields)[];

/**
 * Reranks documents: a cross-encoder reads each one together with the query. Returns the best in order, as copies
 * with their score in the metadata.
 *
 * One call can have its own settings through the config, also through a chain:
 * `retriever.invoke(query, { configurable: { topN: 10, scoreThreshold: 0.2 } })` (`scoreThreshold: null` removes the threshold).
 *
 * @example
 * const reranker = new CrossEncoderReranker({ model, topN: 3 });
 * const [best] = await reranker.compressDocuments(documents, "How tall is Mont Blanc?");
 * console.log(best.metadata.relevanceScore);
 */
export class CrossEncoderReranker extends RunnableDocumentCompressor {
  static override lc_name(): string {
    return "CrossEncoderReranker";
  }

  readonly model: RerankingModel;
  readonly topN: number;
  readonly scoreThreshold: number | undefined;
  readonly scoreKey: string;
  readonly calibration: ScoreCalibration | undefined;
  readonly probabilityKey: string;
  readonly unknownText: "keepOrder" | "rerank";
  private readonly onUnknownText: ((report: UnknownText) => void) | undefined;
  /** Undefined if only the model's order counts. */
  private readonly blending: Blend | undefined;
  private readonly textOf: (document: DocumentInterface) => string;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if a field has an invalid value
   */
  constructor(fields: CrossEncoderRerankerFields) {
    checkKnownOptions(fields, FIELDS, "CrossEncoderReranker");
    super(fields);
    this.model = checkModel(fields?.model);
    this.topN = checkCount("topN", fields.topN ?? 3);
    this.calibration = checkCalibration(fields.calibration);
    this.scoreThreshold = this.checkThreshold("scoreThreshold", fields.scoreThreshold);
    this.scoreKey = checkKey("scoreKey", fields.scoreKey ?? "relevanceScore");
    this.probabilityKey = checkKey("probabilityKey", fields.probabilityKey ?? "relevanceProbability");
    this.unknownText = checkOneOf("unknownText", fields.unknownText ?? "keepOrder", ["keepOrder", "rerank"]);
    this.onUnknownText = fields.onUnknownText;
    this.blending = checkBlend(fields.blend);
    this.textOf = documentTextFunction(fields.documentText);
    this.lc_serializable =
      "lc_serializable" in this.model &&
      this.model.lc_serializable === true &&
      typeof fields.documentText !== "function" &&
      this.calibration === undefined &&
      this.onUnknownText === undefined;
  }

  protected override async compress(
    documents: readonly DocumentInterface[],
    query: string,
    config: RunnableConfig,
    run?: CallbackManagerForChainRun,
  ): Promise<DocumentInterface[]> {
    const { topN, scoreThreshold } = this.settingsOfCall(config);
    const texts = documents.map(this.textOf);
    const child = childConfig(config, run, "cross_encoder");
    if (await this.isLanguageUnknown(query, texts, config.signal)) {
      const kept = await rankTexts(this.model, query, texts.slice(0, topN), Number.POSITIVE_INFINITY, child);
      return [...kept].sort((a, b) => a.index - b.index).map((ranked) => this.scored(documents, ranked));
    }
    const scoredN = this.blending === undefined ? topN : Number.POSITIVE_INFINITY;
    const ranked = await rankTexts(this.model, query, texts, scoredN, child);
    const ordered = this.blending === undefined ? ranked : blendOrders(ranked, this.blending);
    const reaches = (score: number) =>
      scoreThreshold === undefined || (this.probabilityOf(score) ?? score) >= scoreThreshold;
    return ordered
      .filter(({ score }) => reaches(score))
      .slice(0, topN)
      .map((best) => this.scored(documents, best));
  }

  private scored(documents: readonly DocumentInterface[], { index, score }: Ranked): DocumentInterface {
    const scored = withMetadata(documents[index]!, this.scoreKey, score);
    const probability = this.probabilityOf(score);
    return probability === undefined ? scored : withMetadata(scored, this.probabilityKey, probability);
  }

  /** Whether the model does not know the language of the query or the documents, so that its scores are useless. */
  private async isLanguageUnknown(
    query: string,
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    if (this.unknownText === "rerank") return false;
    const options = { recommended: "BAAI/bge-reranker-v2-m3", signal };
    const sample = texts.slice(0, SAMPLED).map((text) => text.slice(0, SAMPLED_UNITS));
    const report =
      (await findUnknownText(this.model, query, options)) ??
      (await findUnknownText(this.model, sample.join("\n"), options));
    if (report === undefined) return false;
    if (this.onUnknownText) this.onUnknownText(report);
    else warnOfUnknownText(report, "The order of the first pass is kept for such queries.");
    return true;
  }

  /** Undefined without a calibration. */
  private probabilityOf(score: number): number | undefined {
    if (this.calibration === undefined) return undefined;
    // NaN is below every threshold.
    if (Number.isNaN(score)) return Number.NaN;
    return checkZeroToOne("the probability that `calibration` returns", this.calibration.probability(score));
  }

  private checkThreshold(option: string, value: unknown): number | undefined {
    if (value === undefined || value === null) return undefined;
    return this.calibration === undefined ? checkNumber(option, value) : checkZeroToOne(option, value);
  }

  private settingsOfCall({ configurable = {} }: RunnableConfig) {
    return {
      topN: checkCount("configurable.topN", configurable.topN ?? this.topN),
      scoreThreshold:
        configurable.scoreThreshold === undefined
          ? this.scoreThreshold
          : this.checkThreshold("configurable.scoreThreshold", configurable.scoreThreshold),
    };
  }
}

/** @returns undefined if only the model's order counts */
function checkBlend(blend: CrossEncoderRerankerFields["blend"]): Blend | undefined {
  if (blend === undefined || typeof blend === "boolean") return blend ? EQUAL : undefined;
  if (typeof blend === "number") return unlessZero({ ...EQUAL, weight: checkZeroToOne("blend", blend) });
  if (typeof blend !== "object" || blend === null) {
    const expected = "a boolean, a number from 0 to 1 or an object with c and weight";
    throw new InvalidOptionError("blend", expected, blend);
  }
  checkKnownOptions(blend, Object.keys(EQUAL), "blend");
  const { c = EQUAL.c, weight = EQUAL.weight } = blend;
  if (checkNumber("blend.c", c) < 0) throw new InvalidOptionError("blend.c", "a number from 0", c);
  return unlessZero({ c, weight: checkZeroToOne("blend.weight", weight) });
}

/** Returns undefined for a blend in which the first order has no weight. */
function unlessZero(blend: Blend): Blend | undefined {
  return blend.weight === 0 ? undefined : blend;
}

function checkCalibration(calibration: ScoreCalibration | undefined): ScoreCalibration | undefined {
  if (calibration === undefined || typeof calibration?.probability === "function") return calibration;
  throw new InvalidOptionError("calibration", "an object with a method probability", calibration);
}

function checkZeroToOne(option: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new InvalidOptionError(option, "a number from 0 to 1", value);
}
