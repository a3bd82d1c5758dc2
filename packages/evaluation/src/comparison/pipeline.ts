import type { DocumentInterface } from "@langchain/core/documents";

/** Options that a pipeline gets with a question. */
export interface PipelineCallOptions {
  readonly signal?: AbortSignal;
}

/** From a question to documents, best first: a function, or a retriever or any other Runnable. */
export type Pipeline =
  | ((
      question: string,
      options: PipelineCallOptions,
    ) => PromiseLike<readonly DocumentInterface[]> | readonly DocumentInterface[])
  | { invoke(question: string, options?: PipelineCallOptions): Promise<readonly DocumentInterface[]> };

/** A pipeline that holds something to be released after it was measured: a model, an index. */
export interface DisposablePipeline {
  readonly pipeline: Pipeline;
  dispose(): unknown;
}

/** Builds a pipeline; called when its turn comes, so that only one is in memory. */
export type PipelineFactory = (
  options: PipelineCallOptions,
) => Pipeline | DisposablePipeline | PromiseLike<Pipeline | DisposablePipeline>;
