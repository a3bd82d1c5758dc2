import { checkPositiveInteger } from "@secondpass/core";
import type { SparseEmbedOptions, SparseEncoder, SparseVector } from "../contracts/sparse-encoder.js";
import { largestValues } from "./largest-values.js";
import { RoutedEncoder, type RoutedEncoderParts } from "./routed-encoder.js";
import type { SparseConfig } from "./sparse-config.js";

/** The parts of a loaded sparse encoder. */
export interface SparseEncoderParts extends RoutedEncoderParts<SparseVector> {
  readonly config: SparseConfig;
  /** Maximum count of numbers in a vector, if a module sets it. */
  readonly activeDims: number | undefined;
  /** Reads the tokens by id. Called when the first vector is decoded. */
  readonly readTokens: () => Promise<readonly (string | undefined)[]>;
}

/** A loaded sparse encoder. */
export class ModelSparseEncoder
  extends RoutedEncoder<SparseVector, SparseEncoderParts>
  implements SparseEncoder
{
  #tokens: Promise<readonly (string | undefined)[]> | undefined;

  get dimensions() {
    return this.parts.routes.find(({ width }) => width !== undefined)?.width ?? 0;
  }

  async embed(texts: readonly string[], options: SparseEmbedOptions = {}): Promise<SparseVector[]> {
    const { maxActiveDims = this.parts.config.maxActiveDims ?? this.parts.activeDims } = options;
    const { route, inputs, prompt } = this.begin(texts, options);
    if (maxActiveDims !== undefined) checkPositiveInteger("maxActiveDims", maxActiveDims);
    const maxLength = options.task && route.lengths[options.task];
    const vectors = await route.run(inputs, { ...options, prompt, maxLength });
    return maxActiveDims === undefined
      ? vectors
      : vectors.map((vector) => largestValues(vector, maxActiveDims));
  }

  async decode({ indices, values }: SparseVector, topK?: number): Promise<[token: string, weight: number][]> {
    if (topK !== undefined) checkPositiveInteger("topK", topK);
    this.#tokens ??= this.parts.readTokens().catch((error: unknown) => {
      // The file may be readable next time.
      this.#tokens = undefined;
      throw error;
    });
    const tokens = await this.#tokens;
    const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(0, topK);
    return order.map((i) => [tokens[indices[i]!] ?? "", values[i]!]);
  }
}
