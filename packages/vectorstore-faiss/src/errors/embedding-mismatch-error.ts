import { describeValue } from "@secondpass/core";
import { FaissError } from "@secondpass/faiss";

/** A difference between a saved store and the embeddings or options it is used with. */
export interface EmbeddingMismatch {
  /** Such as `model`, `revision`, `queryPrompt` of `EmbeddingIdentity`, or `distanceStrategy`. */
  readonly field: string;
  /** What the store was saved with. */
  readonly saved: unknown;
  /** What was given now. */
  readonly given: unknown;
}

/** Thrown if stored vectors and new ones are of different models, or are compared by another distance. Nothing was changed. */
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

/** Digits of a hash shown in the message, enough to see a difference. */
const FINGERPRINT_DIGITS = 12;

function describeMismatch({ field, saved, given }: EmbeddingMismatch): string {
  if (field === "fingerprint") {
    const [before, now] = [saved, given].map((hash) => String(hash).slice(0, FINGERPRINT_DIGITS));
    if (now !== before) return `the model's files have the fingerprint ${now}… instead of ${before}…`;
  }
  let [before, now] = [describeValue(saved), describeValue(given)];
  // The values may differ after the part that the description shows.
  if (before === now) [before, now] = [JSON.stringify(saved), JSON.stringify(given)];
  return `\`${field}\` is ${now} instead of ${before}`;
}
