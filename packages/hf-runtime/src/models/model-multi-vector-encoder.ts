import type { MultiVectorEmbedOptions, MultiVectorEncoder } from "../contracts/multi-vector-encoder.js";
import { maxSim } from "./max-sim.js";
import type { MultiVectorConfig } from "./multi-vector-config.js";
import { RoutedEncoder, type RoutedEncoderParts } from "./routed-encoder.js";

/** The parts of a loaded late-interaction model. */
export interface MultiVectorEncoderParts extends RoutedEncoderParts<Float32Array[]> {
  readonly config: MultiVectorConfig;
}

/** A loaded late-interaction model. */
export class ModelMultiVectorEncoder
  extends RoutedEncoder<Float32Array[], MultiVectorEncoderParts>
  implements MultiVectorEncoder
{
  get dimensions() {
    return this.parts.routes[0]?.width ?? 0;
  }

  async embed(texts: readonly string[], options: MultiVectorEmbedOptions = {}): Promise<Float32Array[][]> {
    const { route, inputs, prompt } = this.begin(texts, options);
    return route.run(inputs, { ...options, prompt });
  }

  score(query: readonly Float32Array[], document: readonly Float32Array[]): number {
    const sum = maxSim(query, document);
    return this.similarity === "meanmaxsim" && query.length > 0 ? sum / query.length : sum;
  }
}
