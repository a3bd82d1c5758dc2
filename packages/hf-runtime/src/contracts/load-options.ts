import type { PoolingMode } from "./pooling-mode.js";

/** Number formats with a name of their own; any other one is the ending of an ONNX file's name, as in `model_O3.onnx`. */
export const DTYPES = ["fp32", "fp16", "int8", "uint8", "q8"] as const;

/** Number format the model computes in. Speed and drift of each: docs/reference/hf-runtime.md. */
export type Dtype = (typeof DTYPES)[number] | (string & {});

/** Where the model runs; what this build of onnxruntime-node has is listed by the error for anything else. */
export type Device = "cpu" | "cuda" | "dml" | "coreml" | "webgpu" | (string & {});

/**
 * Where a model computes: "worker", in threads of this process; "process", in a child process, whose crash or want of memory spares this
 * one; "none", on the calling thread, which stands still meanwhile.
 */
export type Isolation = "none" | "worker" | "process";

/** What a download or a long run reports while it goes on. */
export type ProgressEvent =
  | {
      readonly kind: "download";
      readonly file: string;
      readonly loadedBytes: number;
      readonly totalBytes?: number;
    }
  | {
      readonly kind: "load";
      readonly model: string;
      readonly step: "files" | "tokenizer" | "session" | "ready";
    };

/** Names of {@link LoadOptions}. */
export const LOAD_OPTIONS = [
  "model",
  "revision",
  "cacheDir",
  "token",
  "endpoint",
  "localFilesOnly",
  "fetch",
  "dtype",
  "device",
  "weights",
  "onnxFile",
  "maxLength",
  "pooling",
  "threads",
  "isolation",
  "worker",
  "lowMemory",
  "batchTokens",
  "maxQueuedTokens",
  "onProgress",
  "signal",
] as const satisfies readonly (keyof LoadOptions)[];

/** How a model is found and run. Everything but `model` has a default. */
export interface LoadOptions {
  /**
   * A hub id ("BAAI/bge-reranker-base") or the path of a folder in the same layout. A name without an organisation, if no folder has it, is
   * looked for where sentence-transformers looks: embedding models in "sentence-transformers/", cross-encoders in "cross-encoder/".
   */
  readonly model: string;
  /** Branch, tag or commit of a hub repository. @default "main" */
  readonly revision?: string;
  /** Root of the hub cache, shared with Python. @default SENTENCE_TRANSFORMERS_HOME, else HF_HUB_CACHE, else $HF_HOME/hub, else ~/.cache/huggingface/hub */
  readonly cacheDir?: string;
  /** Access token for gated repositories; sent to the hub's host only. @default HF_TOKEN, else the token file */
  readonly token?: string;
  /** @default HF_ENDPOINT, else "https://huggingface.co" */
  readonly endpoint?: string;
  /** Never touch the network; what is not in the cache is an error. @default HF_HUB_OFFLINE */
  readonly localFilesOnly?: boolean;
  /** HTTP transport, for proxies and tests. @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** @default "fp32" */
  readonly dtype?: Dtype;
  /** @default "cpu" */
  readonly device?: Device;
  /**
   * Which weights to use if a repository has several. "auto" takes safetensors, else `pytorch_model.bin`, else ONNX; the first two are used
   * without a copy.
   * @default "auto"
   */
  readonly weights?: "auto" | "onnx" | "safetensors";
  /** One ONNX file by its path in the repository, instead of the choice by `dtype`. */
  readonly onnxFile?: string;
  /**
   * Longest input in tokens, special tokens counted. Loading throws PositionLimitError if the model has no positions for so many.
   * @default the model's own limit
   */
  readonly maxLength?: number;
  /**
   * How an embedding model makes one vector of its tokens' vectors, where its repository does not say: where there is no modules.json. Several
   * are concatenated. Loading throws InvalidOptionError if the repository says it.
   * @default "mean", or "lasttoken" for a causal language model, as sentence-transformers; a vector that an ONNX file itself gives
   */
  readonly pooling?: PoolingMode | readonly PoolingMode[];
  /**
   * Compute threads: of one forward pass, or, for small models in workers, of as many passes side by side. Minimum 1.
   * @default the CPUs this process may use, at most 4
   */
  readonly threads?: number;
  /**
   * Where the model computes. Other than asked, it is a child process wherever onnxruntime in this process could end or hang it: in a
   * worker thread, which its owner may terminate; if another copy of onnxruntime-node is there; if an ONNX file has loops; under Bun.
   * @default "worker"
   */
  readonly isolation?: Isolation;
  /** `false` is `isolation: "none"`, `true` is `isolation: "worker"`. @default true */
  readonly worker?: boolean;
  /** One worker, and weights that are not packed: less memory, somewhat slower. @default false */
  readonly lowMemory?: boolean;
  /** Padded tokens per forward pass; a longer text is its own pass. Minimum 1. @default 512 */
  readonly batchTokens?: number;
  /**
   * Tokens that may wait for the model, those of all calls together. A call that comes when the queue is full rejects with OverloadedError;
   * a call that has been let in is completed, however long it is: of each, only the next few passes wait here. Minimum 1. @default 16777216
   */
  readonly maxQueuedTokens?: number;
  /** Is told how far loading is. `false` for silence. @default on a terminal, downloads of 20 MB and more are shown on standard error, as `showProgress` does */
  readonly onProgress?: ((event: ProgressEvent) => void) | false;
  /** Ends the loading (downloads included). */
  readonly signal?: AbortSignal;
}
