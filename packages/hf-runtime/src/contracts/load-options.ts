import type { PoolingMode } from "./pooling-mode.js";

/** Number formats with their own name. Any other value is the ending of an ONNX file's name, as in `model_O3.onnx`. */
export const DTYPES = ["fp32", "fp16", "int8", "uint8", "q8"] as const;

/** Number format that the model computes in. Speed and error of each: docs/reference/hf-runtime.md. */
export type Dtype = (typeof DTYPES)[number] | (string & {});

/** Where the model runs. The error for an unknown device lists the devices that this build of onnxruntime-node has. */
export type Device = "cpu" | "cuda" | "dml" | "coreml" | "webgpu" | (string & {});

/**
 * Where a model computes. "worker": in threads of this process. "process": in a child process, whose crash or lack of memory does not end
 * this one. "none": on the calling thread, which is blocked meanwhile.
 */
export type Isolation = "none" | "worker" | "process";

/** A progress report of a download or of loading a model. */
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
   * A hub id ("BAAI/bge-reranker-base") or the path of a folder in the same layout. A name without an organisation that is not a folder gets
   * the organisation that sentence-transformers gives it: "sentence-transformers/" for embedding models, "cross-encoder/" for cross-encoders.
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
  /** Never use the network: a file that is not in the cache is an error. @default HF_HUB_OFFLINE */
  readonly localFilesOnly?: boolean;
  /** HTTP transport, for proxies and tests. @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** @default "fp32" */
  readonly dtype?: Dtype;
  /** @default "cpu" */
  readonly device?: Device;
  /**
   * Which weights to use if a repository has several. "auto" takes safetensors, else `pytorch_model.bin`, else ONNX. The first two are read
   * from their file without a copy.
   * @default "auto"
   */
  readonly weights?: "auto" | "onnx" | "safetensors";
  /** Path of one ONNX file in the repository. It replaces the choice by `dtype`. */
  readonly onnxFile?: string;
  /**
   * Longest input in tokens, special tokens counted. Loading throws PositionLimitError if the model has fewer positions.
   * @default the model's own limit
   */
  readonly maxLength?: number;
  /**
   * How an embedding model makes one vector of its tokens' vectors, for repositories without a modules.json. The vectors of several modes are
   * concatenated. Loading throws InvalidOptionError if the repository has a modules.json.
   * @default "mean", or "lasttoken" for a causal language model, as sentence-transformers; if an ONNX file gives a vector itself, that vector
   */
  readonly pooling?: PoolingMode | readonly PoolingMode[];
  /**
   * Compute threads. One forward pass uses all of them; small models in workers run as many passes in parallel instead. Minimum 1.
   * @default the CPUs that this process may use, at most 4
   */
  readonly threads?: number;
  /**
   * Where the model computes. Whatever is set here, it is a child process if onnxruntime could end or hang this process: if this code runs
   * in a worker thread, which its owner may terminate; if another copy of onnxruntime-node is loaded; if an ONNX file has loops; under Bun.
   * @default "worker"
   */
  readonly isolation?: Isolation;
  /** `false` is `isolation: "none"`, `true` is `isolation: "worker"`. @default true */
  readonly worker?: boolean;
  /** Use one worker and unpacked weights: less memory, somewhat slower. @default false */
  readonly lowMemory?: boolean;
  /** Padded tokens per forward pass; a longer text gets its own pass. Minimum 1. @default 512 */
  readonly batchTokens?: number;
  /**
   * Tokens of all calls together that may wait for the model. A call that arrives when the queue is full rejects with OverloadedError. An
   * accepted call is always completed, however long it is: only its next few passes wait in the queue. Minimum 1. @default 16777216
   */
  readonly maxQueuedTokens?: number;
  /** Called with the progress of loading. `false` turns reports off. @default on a terminal, downloads of 20 MB and more are shown on standard error, as `showProgress` does */
  readonly onProgress?: ((event: ProgressEvent) => void) | false;
  /** Aborts loading (downloads included). */
  readonly signal?: AbortSignal;
}
