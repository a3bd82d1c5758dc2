import { CallbackManager, type CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import { ensureConfig, type RunnableConfig, type RunnableInterface } from "@langchain/core/runnables";
import { checkHasMethod, checkKnownOptions, checkText, raceWithSignal } from "@secondpass/core";
import { childConfig } from "./child-config.js";
import { checkDocuments, checkStep, type DocumentStep, nameOf, runStep } from "./document-step.js";

export interface ContextualCompressionRetrieverFields extends BaseRetrieverInput {
  /** Chooses among the found documents: a reranker, a filter, a pipeline of them, or a document transformer. */
  readonly baseCompressor: DocumentStep;
  /** Finds the documents: a retriever, or any Runnable from a query to Documents. */
  readonly baseRetriever: RunnableInterface<string, DocumentInterface[]>;
}

const FIELDS = ["baseCompressor", "baseRetriever", "callbacks", "tags", "metadata", "verbose"];

/**
 * A retriever in two passes: a base retriever finds many documents, and a compressor keeps the best of them.
 *
 * The config of a call is passed to both: `signal` ends the call immediately (core's retrievers ignore it; this one passes it
 * on), `configurable` can change settings of the compressor, and both are in the trace, tagged `base_retriever` and
 * `base_compressor`. If nothing is found, the compressor is not called.
 *
 * @example
 * const retriever = new ContextualCompressionRetriever({
 *   baseRetriever: store.asRetriever({ k: 20 }),
 *   baseCompressor: new CrossEncoderReranker({ model, topN: 3 }),
 * });
 * const documents = await retriever.invoke("How tall is Mont Blanc?");
 */
export class ContextualCompressionRetriever extends BaseRetriever {
  lc_namespace = ["secondpass", "retrievers_compression"];

  static override lc_name(): string {
    return "ContextualCompressionRetriever";
  }

  readonly baseCompressor: DocumentStep;
  readonly baseRetriever: RunnableInterface<string, DocumentInterface[]>;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if `baseRetriever` is not a Runnable
   * @throws {UnknownStepError} if `baseCompressor` is neither compressor nor transformer
   */
  constructor(fields: ContextualCompressionRetrieverFields) {
    checkKnownOptions(fields, FIELDS, "ContextualCompressionRetriever");
    super(fields);
    this.baseRetriever = checkHasMethod(
      "baseRetriever",
      fields?.baseRetriever,
      ["invoke"],
      "a retriever or another Runnable",
      "For a vector store, pass `store.asRetriever()`.",
    );
    this.baseCompressor = checkStep("baseCompressor", fields.baseCompressor);
  }

  /**
   * @throws {InvalidOptionError} if `query` is not a string
   * @throws {NotDocumentsError} if the base retriever or the compressor returns something other than documents
   */
  override async invoke(query: string, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    checkText(query, "query");
    // Like core's invoke, which however only passes on the callbacks of the config.
    const config = ensureConfig(options);
    const callbacks = CallbackManager.configure(
      config.callbacks,
      this.callbacks,
      config.tags,
      this.tags,
      config.metadata,
      this.metadata,
      { verbose: this.verbose },
    );
    const run = await callbacks?.handleRetrieverStart(
      this.toJSON(),
      query,
      config.runId,
      undefined,
      undefined,
      undefined,
      config.runName,
    );
    try {
      const documents = await raceWithSignal(this.retrieve(query, config, run), config.signal);
      await run?.handleRetrieverEnd(documents);
      return documents;
    } catch (error) {
      await run?.handleRetrieverError(error);
      throw error;
    }
  }

  override _getRelevantDocuments(
    query: string,
    run?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    return this.retrieve(query, {}, run);
  }

  private async retrieve(
    query: string,
    config: RunnableConfig,
    run: CallbackManagerForRetrieverRun | undefined,
  ): Promise<DocumentInterface[]> {
    config.signal?.throwIfAborted();
    const found = checkDocuments(
      `baseRetriever (${nameOf(this.baseRetriever)})`,
      await this.baseRetriever.invoke(query, childConfig(config, run, "base_retriever")),
    );
    if (found.length === 0) return [];
    return runStep(this.baseCompressor, found, query, childConfig(config, run, "base_compressor"));
  }
}
