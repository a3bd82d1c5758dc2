import { workSlices } from "@secondpass/core";
import type { Encoder } from "@secondpass/hf-runtime";

/** How much of the documents a model does not read. */
export interface CutTexts {
  readonly model: string;
  /** Tokens that it reads of a text, special tokens counted. */
  readonly maxLength: number;
  /** Texts that were looked at: all of a call, or some spread over it. */
  readonly texts: number;
  /** Those of them that are longer. */
  readonly cut: number;
  /** Share of the tokens of all these texts that is not read, 0 to 1. */
  readonly share: number;
}

/** Texts that are looked at in one call. */
const LOOKED_AT = 64;
/** UTF-16 units whose tokens are counted of a text; what follows is taken to be like them. */
const COUNTED = 20_000;

/**
 * Counts how much of some of the texts is beyond what a model reads, in slices of a few milliseconds. Prompts are not counted.
 * @returns undefined if nothing is
 * @throws the signal's reason, once it is aborted
 */
export async function cutTexts(
  encoder: Pick<Encoder, "model" | "maxLength" | "countTokens">,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<CutTexts | undefined> {
  const { model, maxLength } = encoder;
  if (!Number.isFinite(maxLength)) return undefined;
  const step = Math.max(1, texts.length / LOOKED_AT);
  const slices = workSlices(signal);
  let looked = 0;
  let cut = 0;
  let tokens = 0;
  let unread = 0;
  for (let place = 0; Math.floor(place) < texts.length; place += step) {
    const text = texts[Math.floor(place)]!;
    const counted = text.slice(0, COUNTED);
    const length = (encoder.countTokens(counted) * text.length) / Math.max(1, counted.length);
    looked++;
    tokens += length;
    if (length > maxLength) {
      cut++;
      unread += length - maxLength;
    }
    if (slices.due()) await slices.pause();
  }
  return cut === 0 ? undefined : { model, maxLength, texts: looked, cut, share: unread / tokens };
}
