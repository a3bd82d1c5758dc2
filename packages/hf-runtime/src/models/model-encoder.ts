import { checkOneOf, checkText, workSlices } from "@secondpass/core";
import type { EmbedOptions, Encoder } from "../contracts/encoder.js";
import type { EncoderIdentity } from "../contracts/encoder-identity.js";
import type { RunOptions } from "../contracts/run-options.js";
import type { TextToken, TokenizeOptions } from "../contracts/text-token.js";
import { UnknownAdapterError } from "../errors/unknown-adapter-error.js";
import { unitVector } from "../modules/apply/unit-vector.js";
import { knownShare } from "../tokenizer/known-share.js";
import type { EmbeddingConfig } from "./embedding-config.js";
import { RoutedEncoder, type RoutedEncoderParts } from "./routed-encoder.js";

/** The parts of a loaded embedding model. */
export interface EncoderParts extends RoutedEncoderParts<Float32Array> {
  readonly config: EmbeddingConfig;
  /** Called once, or again after a failure. */
  readonly identify: () => Promise<EncoderIdentity>;
}

/** A loaded embedding model. */
export class ModelEncoder extends RoutedEncoder<Float32Array, EncoderParts> implements Encoder {
  #identity: Promise<EncoderIdentity> | undefined;

  get dimensions() {
    const { config, routes } = this.parts;
    const width = routes[0]?.width ?? 0;
    return Math.min(width, config.truncateDim ?? width);
  }
  get routesByTask() {
    return this.parts.routes.length > 1;
  }

  get adapters() {
    return this.parts.routes[0]?.adapters ?? [];
  }

  async knownShare(text: string, { signal }: Pick<RunOptions, "signal"> = {}): Promise<number> {
    return knownShare(this.parts.routes[0]!.tokenizer, checkText(text, "text"), signal);
  }

  async tokenize(text: string, options: TokenizeOptions = {}): Promise<readonly TextToken[]> {
    const { tokenizer } = this.parts.routes[0]!;
    return tokenizer.tokensInSlices(checkText(text, "text"), options, options.signal);
  }

  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const { truncationSide } = options;
    if (truncationSide !== undefined) checkOneOf("truncationSide", truncationSide, ["left", "right"]);
    const { route, inputs, prompt } = this.begin(texts, options);
    const maxLength = options.task && route.lengths[options.task];
    const { adapter: name } = options;
    const adapter = name === undefined ? undefined : route.adapters.indexOf(name);
    if (adapter === -1) throw new UnknownAdapterError(this.model, name!, route.adapters);
    const vectors = await route.run(inputs, { ...options, prompt, maxLength, adapter });
    const { truncateDim } = this.parts.config;
    if (truncateDim === undefined && !options.normalize) return vectors;
    const slices = workSlices();
    for (const [i, vector] of vectors.entries()) {
      if (slices.due()) await slices.pause();
      const cut = vector.slice(0, truncateDim);
      vectors[i] = options.normalize ? unitVector(cut) : cut;
    }
    return vectors;
  }

  identity(): Promise<EncoderIdentity> {
    this.#identity ??= this.parts.identify().catch((error: unknown) => {
      // The files may be readable next time.
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }
}
