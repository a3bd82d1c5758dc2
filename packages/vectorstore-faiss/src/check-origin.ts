import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { checkOneOf } from "@secondpass/core";
import { type EmbeddingMismatch, EmbeddingMismatchError } from "./errors/embedding-mismatch-error.js";
import { compareIdentities } from "./identity/compare-identities.js";
import { identityOf } from "./identity/identity-of.js";
import { irrelevantFields } from "./irrelevant-fields.js";
import type { LoadOptions } from "./load-options.js";
import type { MismatchOption } from "./mismatch-option.js";
import type { OpenedStore } from "./persistence/read-store.js";
import { storeSettings } from "./store-settings.js";

/**
 * Checks that a saved store is loaded with the embeddings and the distance that it was saved with, as far as both are known.
 * @returns the store; without its record of embeddings if others are allowed: the next save records those instead
 * @throws EmbeddingMismatchError, InvalidOptionError; the store is disposed then
 */
export async function checkOrigin(
  opened: OpenedStore,
  embeddings: EmbeddingsInterface,
  options: LoadOptions,
): Promise<OpenedStore> {
  try {
    const differences = await embeddingMismatches(opened, embeddings, options);
    checkMismatches([...differences, ...distanceMismatches(opened, options)], options);
    if (differences.length === 0 || opened.link === undefined) return opened;
    return { ...opened, link: { ...opened.link, embeddings: undefined } };
  } catch (error) {
    opened.index?.dispose();
    throw error;
  }
}

/** @throws EmbeddingMismatchError if there are mismatches and they are not allowed */
export function checkMismatches(
  mismatches: readonly EmbeddingMismatch[],
  { embeddingMismatch = "throw" }: MismatchOption,
): void {
  checkOneOf("embeddingMismatch", embeddingMismatch, ["throw", "allow"]);
  if (mismatches.length > 0 && embeddingMismatch === "throw") throw new EmbeddingMismatchError(mismatches);
}

async function embeddingMismatches(
  opened: OpenedStore,
  embeddings: EmbeddingsInterface,
  options: LoadOptions,
): Promise<readonly EmbeddingMismatch[]> {
  const saved = opened.link?.embeddings;
  if (saved === undefined) return [];
  const given = await identityOf(embeddings, options.signal);
  return compareIdentities(saved, given, irrelevantFields(storeSettings(options, opened)));
}

function distanceMismatches({ link }: OpenedStore, options: LoadOptions): readonly EmbeddingMismatch[] {
  if (link === undefined) return [];
  const isCosine = (options.distanceStrategy ?? link.distanceStrategy) === "cosine";
  const fields = ["distanceStrategy", ...(isCosine ? [] : ["normalizeL2"])] as const;
  return fields.flatMap((field) => {
    const [saved, given] = [link[field as "normalizeL2"], options[field as "normalizeL2"]];
    return given === undefined || given === saved ? [] : [{ field, saved, given }];
  });
}
