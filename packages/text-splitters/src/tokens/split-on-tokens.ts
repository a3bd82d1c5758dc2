import { workSlices } from "@secondpass/core";
import type { LocatedChunk } from "../chunks/located-chunk.js";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";
import { TokenLocator } from "./token-locator.js";

/** Sizes in tokens. */
export interface TokenWindow {
  readonly tokensPerChunk: number;
  /** Smaller than `tokensPerChunk`. */
  readonly chunkOverlap: number;
}

/** Splits a text into decoded windows over its tokens, by the rules of Python's `split_text_on_tokens`. */
export async function splitOnTokens(
  text: string,
  encoder: ResolvedEncoder,
  { tokensPerChunk, chunkOverlap }: TokenWindow,
): Promise<LocatedChunk[]> {
  const ids = await encoder.encode(text);
  const locator = new TokenLocator(text, ids, encoder);
  const slices = workSlices();
  const chunks: LocatedChunk[] = [];
  for (let from = 0; from < ids.length; from += tokensPerChunk - chunkOverlap) {
    const to = Math.min(from + tokensPerChunk, ids.length);
    const decoded = await encoder.decode(ids.slice(from, to));
    if (decoded !== "") chunks.push(await locator.locate(decoded, from, to));
    if (to === ids.length) break;
    if (slices.due()) await slices.pause();
  }
  return chunks;
}
