import type { LoadOptions } from "@secondpass/hf-runtime";

type LoadField = Exclude<keyof LoadOptions, "signal">;

// An object, so that the compiler misses a name that the runtime has; the runtime itself is loaded when a model is.
const fields: Readonly<Record<LoadField, true>> = {
  model: true,
  revision: true,
  cacheDir: true,
  token: true,
  endpoint: true,
  localFilesOnly: true,
  fetch: true,
  dtype: true,
  device: true,
  weights: true,
  onnxFile: true,
  maxLength: true,
  pooling: true,
  threads: true,
  isolation: true,
  worker: true,
  lowMemory: true,
  batchTokens: true,
  maxQueuedTokens: true,
  onProgress: true,
};

/** Names of the fields that say how a model is found and run. */
export const LOAD_FIELDS = Object.keys(fields) as LoadField[];
