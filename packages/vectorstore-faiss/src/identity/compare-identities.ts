import type { EmbeddingIdentity } from "@secondpass/core";
import type { EmbeddingMismatch } from "../errors/embedding-mismatch-error.js";

/** The commit of a git repository: a hash over all of its files. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Fields that differ in vectors of one model, depending on how it is used. */
const SETTINGS = ["queryPrompt", "documentPrompt", "normalized", "dimensions"] as const;

/**
 * The differences of two identities. A field that only one of them has is ignored.
 * @param irrelevant fields that may differ
 */
export function compareIdentities(
  saved: EmbeddingIdentity,
  given: EmbeddingIdentity,
  irrelevant: readonly (keyof EmbeddingIdentity)[] = [],
): readonly EmbeddingMismatch[] {
  const model = modelMismatch(saved, given);
  const settings = SETTINGS.filter((field) => !irrelevant.includes(field));
  return [...(model ? [model] : []), ...settings].flatMap((field) =>
    differ(saved, given, field) ? [{ field, saved: saved[field], given: given[field] }] : [],
  );
}

/**
 * The field that shows that two models differ, if any. With the same name, the revision decides, which the caller can choose. With
 * different names, the same files are the same model: copies, and renamed repositories.
 */
function modelMismatch(
  saved: EmbeddingIdentity,
  given: EmbeddingIdentity,
): keyof EmbeddingIdentity | undefined {
  const bothNamed = saved.model !== undefined && given.model !== undefined;
  if (bothNamed && saved.model === given.model) {
    if (saved.revision !== undefined && given.revision !== undefined) return "revision";
    return "fingerprint";
  }
  const sameCommit = saved.revision === given.revision && COMMIT.test(saved.revision ?? "");
  if (sameCommit) return undefined;
  if (saved.fingerprint !== undefined && saved.fingerprint === given.fingerprint) return undefined;
  return bothNamed ? "model" : "fingerprint";
}

function differ(saved: EmbeddingIdentity, given: EmbeddingIdentity, field: keyof EmbeddingIdentity): boolean {
  return saved[field] !== undefined && given[field] !== undefined && saved[field] !== given[field];
}
