import { describeValue } from "@secondpass/core";
import { FaissError } from "@secondpass/faiss";

/** One thing in which a store and what it is to be used with differ. */
export interface EmbeddingMismatch {
  /** Such as `model`, `revision`, `queryPrompt` of `EmbeddingIdentity`, or `distanceStrategy`. */
  readonly field: string;
  /** What the store was saved with. */
  readonly saved: unknown;
  /** What was given now. */
  readonly given: unknown;
}

/** Stored vectors and those that would be compared with them are of different models, or compared in another way. Nothing was changed. */
export class EmbeddingMismatchError extends FaissError {
  override readonly name = "EmbeddingMismatchError";

  /** @param mismatches at least one */
  constructor(readonly mismatches: readonly EmbeddingMismatch[]) {
    const differences = mismatches.map(describeMismatch).join("; ");
    const revision = mismatches.find(({ field }) => field === "revision")?.saved;
    super(
      `Expected the embeddings and the distance of the stored vectors, got others: ${differences}. Scores would mean nothing. ` +
        `Use what the store was made with${revision === undefined ? "" : ` (\`revision: ${JSON.stringify(revision)}\`)`}, or make it again from its texts; ` +
        'if you know that the vectors agree, pass `embeddingMismatch: "allow"`.',
    );
  }
}

/** Enough digits of a hash to see that it is another. */
const FINGERPRINT_DIGITS = 12;

function describeMismatch({ field, saved, given }: EmbeddingMismatch): string {
  if (field === "fingerprint") {
    const [before, now] = [saved, given].map((hash) => String(hash).slice(0, FINGERPRINT_DIGITS));
    if (now !== before) return `the model's files have the fingerprint ${now}… instead of ${before}…`;
  }
  let [before, now] = [describeValue(saved), describeValue(given)];
  // They may differ where the description is cut.
  if (before === now) [before, now] = [JSON.stringify(saved), JSON.stringify(given)];
  return `\`${field}\` is ${now} instead of ${before}`;
}
