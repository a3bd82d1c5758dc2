import { checkLoadOptions } from "./check-load-options.js";
import type { Encoder } from "./contracts/encoder.js";
import { DEFAULT_BATCH_TOKENS, type LoadOptions } from "./contracts/load-options.js";
import { UnsupportedDtypeError } from "./errors/unsupported-dtype-error.js";
import type { GraphTask } from "./graph-source.js";
import { resolveModel } from "./hub/resolve-model.js";
import { loadParts, outputOf } from "./load-parts.js";
import { ModelEncoder } from "./model-encoder.js";
import { filesInFolder } from "./model-source/files-in-folder.js";
import { type EmbeddingJson, embeddingConfigOf } from "./modules/embedding-config.js";
import { type EmbeddingHead, readEmbeddingHead } from "./modules/embedding-head.js";
import { readSentenceTransformersJson } from "./modules/sentence-transformers-json.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** Width of a transformer, by the names that architectures have for it. */
interface WidthJson {
  readonly hidden_size?: number;
  readonly dim?: number;
  readonly d_model?: number;
}

/** Names that exports give the token vectors, best first. */
const TOKEN_VECTORS = ["last_hidden_state", "token_embeddings"];

/**
 * Loads an embedding model from a folder or the hub: weights, tokenizer, pooling, dense layers and normalisation.
 * @throws InvalidOptionError, ModelNotFoundError, WeightsNotFoundError, UnsupportedArchitectureError, UnsupportedModuleError,
 * UnsupportedTokenizerError, UnsupportedDtypeError, UnsupportedDeviceError, SessionLoadError, or the signal's reason
 */
export async function loadEncoder(options: LoadOptions): Promise<Encoder> {
  const { model, signal, onProgress, batchTokens = DEFAULT_BATCH_TOKENS, dtype = "fp32" } = options;
  checkLoadOptions(options);
  signal?.throwIfAborted();
  if (dtype === "screened") {
    throw new UnsupportedDtypeError(
      model,
      dtype,
      'it screens candidates for the best; for vectors choose "int8" or "fp32".',
    );
  }
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel(options);
  const [head, json] = await Promise.all([
    readEmbeddingHead(files),
    readSentenceTransformersJson<EmbeddingJson>(files, "SentenceTransformer"),
  ]);
  const config = embeddingConfigOf(json ?? {});
  const transformer = filesInFolder(files, head.transformerFolder);
  const { hidden_size, dim, d_model } = (await transformer.readJson<WidthJson>("config.json")) ?? {};
  const width = head.dimensions(hidden_size ?? dim ?? d_model);

  const { tokenizer, sessions } = await loadParts(transformer, (loading) => taskOf(head, loading), [dtype], {
    ...options,
    sentenceConfig: json !== undefined,
  });
  const session = sessions[0]!;
  return new ModelEncoder({
    model,
    tokenizer,
    session,
    output: outputOf(session, TOKEN_VECTORS),
    head,
    config,
    dimensions: Math.min(width, config.truncateDim ?? width),
    batchTokens,
  });
}

/**
 * A head that reads the first token alone lets the graph leave the others out of its last layer; but where padding stands on
 * the left, the first token is no fixed place.
 */
async function taskOf({ pooling }: EmbeddingHead, loading: Promise<TextTokenizer>): Promise<GraphTask> {
  if (!pooling.includePrompt || pooling.modes.some((mode) => mode !== "cls")) return "encode";
  const { paddingSide } = await loading;
  return paddingSide === "left" ? "encode" : "encode-first-token";
}
