import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { EmbeddingIdentity, IdentifiedEmbeddings } from "@secondpass/core";
import { embeddingRecord } from "./embedding-record.js";

/** Fields under which LangChain.js's classes have the name of their model, and what wraps others. */
interface KnownFields {
  readonly model?: unknown;
  readonly modelName?: unknown;
  readonly modelId?: unknown;
  readonly dimensions?: unknown;
  /** What `CacheBackedEmbeddings` embeds with. */
  readonly underlyingEmbeddings?: unknown;
}

type AnyEmbeddings = EmbeddingsInterface & Partial<IdentifiedEmbeddings> & KnownFields;

/** Wrappers of wrappers that are looked into. */
const MAX_DEPTH = 8;

/** What embeddings say of themselves, or what is known of LangChain.js's classes; {} for others. */
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
    // A store can be saved, and its documents read, without its model. Embedding says what is wrong with that.
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
  // Of a model without a name, nothing is worth comparing.
  return name === undefined ? {} : embeddingRecord({ model: name, dimensions });
}
