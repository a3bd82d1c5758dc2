import type { DocumentInterface } from "@langchain/core/documents";

/** Options that a pipeline gets with a question. */
export interface PipelineCallOptions {
  readonly signal?: AbortSignal;
}

/** Finds documents for a question, best first: a function, or a retriever or any other Runnable. */
export type Pipeline =
  | ((
      question: string,
      options: PipelineCallOptions,
    ) => PromiseLike<readonly DocumentInterface[]> | readonly DocumentInterface[])
  | { invoke(question: string, options?: PipelineCallOptions): Promise<readonly DocumentInterface[]> };

/** A pipeline with resources to release after it was measured, such as a model or an index. */
export interface DisposablePipeline {
  readonly pipeline: Pipeline;
  dispose(): unknown;
}

/** Builds a pipeline. Each factory is called after the previous pipeline is disposed, so that only one is in memory. */
export type PipelineFactory = (
  options: PipelineCallOptions,
) => Pipeline | DisposablePipeline | PromiseLike<Pipeline | DisposablePipeline>;
