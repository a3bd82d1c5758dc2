import type { CallbackManagerForChainRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import { childConfig } from "./child-config.js";
import { checkStep, type DocumentStep, runStep } from "./document-step.js";
import { RunnableDocumentCompressor } from "./runnable-document-compressor.js";

export interface DocumentCompressorPipelineFields {
  /** Compressors and document transformers, run one after the other. */
  readonly transformers: readonly DocumentStep[];
}

/**
 * Runs several compressors and document transformers as one compressor: split, drop duplicates, filter, rerank. If a step
 * leaves no documents, later steps do not run. In the trace the steps are tagged `step:1`, `step:2` and so on.
 *
 * @example
 * const baseCompressor = new DocumentCompressorPipeline({
 *   transformers: [new EmbeddingsRedundantFilter({ embeddings }), new CrossEncoderReranker({ model, topN: 5 })],
 * });
 */
export class DocumentCompressorPipeline extends RunnableDocumentCompressor {
  static override lc_name(): string {
    return "DocumentCompressorPipeline";
  }

  readonly transformers: readonly DocumentStep[];

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if `transformers` is not an array
   * @throws {UnknownStepError} if a step is neither compressor nor transformer
   */
  constructor(fields: DocumentCompressorPipelineFields) {
    checkKnownOptions(fields, ["transformers"], "DocumentCompressorPipeline");
    super(fields);
    const transformers: unknown = fields?.transformers;
    if (!Array.isArray(transformers)) {
      throw new InvalidOptionError(
        "transformers",
        "an array of compressors and document transformers",
        transformers,
      );
    }
    this.transformers = transformers.map((step, index) => checkStep(`transformers[${index}]`, step));
  }

  protected override async compress(
    documents: readonly DocumentInterface[],
    query: string,
    config: RunnableConfig,
    run?: CallbackManagerForChainRun,
  ): Promise<DocumentInterface[]> {
    let kept = [...documents];
    for (const [index, step] of this.transformers.entries()) {
      if (kept.length === 0) break;
      kept = await runStep(step, kept, query, childConfig(config, run, `step:${index + 1}`));
    }
    return kept;
  }
}
