import type { LoadOptions } from "@secondpass/hf-runtime";

type LoadField = Exclude<keyof LoadOptions, "signal">;

// An object, so that the compiler reports a missing name. The runtime is only loaded with a model, so its list of names cannot be used.
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

/** Names of the options of loading a model. */
export const LOAD_FIELDS = Object.keys(fields) as LoadField[];
