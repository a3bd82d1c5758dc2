import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { EmbeddingIdentity, IdentifiedEmbeddings } from "@secondpass/core";
import { embeddingRecord } from "./embedding-record.js";

/** Fields in which LangChain.js's classes keep the name of their model, or the embeddings that they wrap. */
interface KnownFields {
  readonly model?: unknown;
  readonly modelName?: unknown;
  readonly modelId?: unknown;
  readonly dimensions?: unknown;
  /** The embeddings that `CacheBackedEmbeddings` wraps. */
  readonly underlyingEmbeddings?: unknown;
}

type AnyEmbeddings = EmbeddingsInterface & Partial<IdentifiedEmbeddings> & KnownFields;

/** Maximum depth of wrappers inside wrappers. */
const MAX_DEPTH = 8;

/** The identity that embeddings report, or that LangChain.js's classes have in known fields; {} for others. */
export async function identityOf(
  embeddings: EmbeddingsInterface,
  signal?: AbortSignal,
): Promise<EmbeddingIdentity> {
  const innermost = unwrapped(embeddings);
  if (typeof innermost.embeddingIdentity !== "function") return foreignIdentity(innermost);
  try {
    return embeddingRecord(await innermost.embeddingIdentity({ signal }));
  } catch {
    signal?.throwIfAborted();
    // A store can be saved and read without its model. Embedding reports what is wrong with the model.
    return {};
  }
}

function unwrapped(embeddings: EmbeddingsInterface): AnyEmbeddings {
  let innermost = embeddings as AnyEmbeddings;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const { underlyingEmbeddings } = innermost;
    if (typeof innermost.embeddingIdentity === "function") break;
    if (typeof underlyingEmbeddings !== "object" || underlyingEmbeddings === null) break;
    innermost = underlyingEmbeddings as AnyEmbeddings;
  }
  return innermost;
}

function foreignIdentity({ model, modelName, modelId, dimensions }: KnownFields): EmbeddingIdentity {
  const name = [model, modelName, modelId].find((field) => typeof field === "string" && field !== "");
  // Without the name of a model, no other field is worth comparing.
  return name === undefined ? {} : embeddingRecord({ model: name, dimensions });
}
