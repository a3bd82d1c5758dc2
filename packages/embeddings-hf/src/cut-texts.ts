import { workSlices } from "@secondpass/core";
import type { Encoder } from "@secondpass/hf-runtime";

/** A report of texts that are longer than the model's limit. */
export interface CutTexts {
  readonly model: string;
  /** The model's limit in tokens, including special tokens. */
  readonly maxLength: number;
  /** Number of texts that were checked: all texts of a call, or a sample. */
  readonly texts: number;
  /** Number of these texts that are longer than the limit. */
  readonly cut: number;
  /** Share of the tokens of these texts that the model does not read, 0 to 1. */
  readonly share: number;
}

/** Maximum number of texts that are checked in one call. */
const MAX_TEXTS = 64;
/** UTF-16 units of a text whose tokens are counted; the rest is estimated from them. */
const COUNTED = 20_000;

/**
 * Finds the texts, in a sample of them, that the model will cut because they are longer than its limit, and measures how much is lost. Works in slices of a
 * few milliseconds. Prompts are not counted.
 * @returns undefined if no text is too long
 * @throws the signal's reason if it aborts
 */
export async function findCutTexts(
  encoder: Pick<Encoder, "model" | "maxLength" | "countTokens">,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<CutTexts | undefined> {
  const { model, maxLength } = encoder;
  if (!Number.isFinite(maxLength)) return undefined;
  const step = Math.max(1, texts.length / MAX_TEXTS);
  const slices = workSlices(signal);
  let count = 0;
  let cut = 0;
  let tokens = 0;
  let unread = 0;
  for (let position = 0; Math.floor(position) < texts.length; position += step) {
    const text = texts[Math.floor(position)]!;
    const counted = text.slice(0, COUNTED);
    const length = (encoder.countTokens(counted) * text.length) / Math.max(1, counted.length);
    count++;
    tokens += length;
    if (length > maxLength) {
      cut++;
      unread += length - maxLength;
    }
    if (slices.due()) await slices.pause();
  }
  return cut === 0 ? undefined : { model, maxLength, texts: count, cut, share: unread / tokens };
}
