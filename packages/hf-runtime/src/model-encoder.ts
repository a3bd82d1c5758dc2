import { checkText, checkTexts, workSlices } from "@secondpass/core";
import { runBatches } from "./batch/run-batches.js";
import { toFeeds } from "./batch/to-feeds.js";
import type { TokenBatch } from "./batch/token-batch.js";
import type { EmbedOptions, Encoder } from "./contracts/encoder.js";
import { InferenceError } from "./errors/inference-error.js";
import { SessionDisposedError } from "./errors/session-disposed-error.js";
import type { EmbeddingConfig } from "./modules/embedding-config.js";
import type { EmbeddingHead } from "./modules/embedding-head.js";
import { normalize } from "./modules/normalize.js";
import { poolTokens } from "./modules/pool-tokens.js";
import { promptText } from "./modules/prompts.js";
import type { InferenceSession } from "./session/inference-session.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** What a loaded embedding model is made of. */
export interface EncoderParts {
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly session: InferenceSession;
  /** Name of the session's output: token vectors [rows, tokens, hidden]. */
  readonly output: string;
  readonly head: EmbeddingHead;
  readonly config: EmbeddingConfig;
  readonly dimensions: number;
  readonly batchTokens: number;
}

/** Prompts that every model of sentence-transformers has: empty, unless it says otherwise. */
const ALWAYS_NAMED: readonly string[] = ["query", "document"];

/** Tokenizer, session and head put together. */
export class ModelEncoder implements Encoder {
  #disposed: Promise<void> | undefined;

  constructor(private readonly parts: EncoderParts) {}

  get model() {
    return this.parts.model;
  }
  get dimensions() {
    return this.parts.dimensions;
  }
  get maxLength() {
    return this.parts.tokenizer.maxLength;
  }
  get prompts() {
    return this.parts.config.prompts;
  }
  get defaultPromptName() {
    return this.parts.config.defaultPromptName;
  }
  get similarity() {
    return this.parts.config.similarity;
  }

  countTokens(text: string): number {
    checkText(text, "text");
    return this.parts.tokenizer.count(text);
  }

  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkTexts(texts);
    const prompt = promptText(this, options, ALWAYS_NAMED);
    const skipTokens = this.parts.head.pooling.includePrompt ? 0 : this.#promptTokens(prompt);
    const { tokenizer, session, batchTokens } = this.parts;
    return runBatches(
      {
        count: texts.length,
        characters: (index) => texts[index]!.length,
        encode: (index) => tokenizer.encode(prompt + texts[index]!),
        padding: tokenizer,
        batchTokens,
        lanes: session.lanes,
      },
      (batch) => this.#vectors(batch, skipTokens, options.normalize ?? false),
      options,
    );
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.session.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #vectors(batch: TokenBatch, skipTokens: number, unitLength: boolean): Promise<Float32Array[]> {
    const { session, output, head, config } = this.parts;
    const { data, dims } = await session.run(toFeeds(batch, session.inputs), output, batch.wide);
    const [, tokens, width] = dims;
    if (tokens === undefined || width === undefined) {
      const shape = "token vectors [texts, tokens, width]";
      throw new InferenceError(this.model, `expected ${shape} from its output "${output}", got [${dims}]`);
    }
    // A graph that gives the first token alone gives one that is never padding.
    const mask = tokens === batch.tokens ? batch.attentionMask : new Int32Array(batch.rows * tokens).fill(1);
    const pooled = poolTokens(
      { data, rows: batch.rows, tokens, width, mask },
      head.pooling.modes,
      skipTokens,
    );
    // Dense layers take long enough over many short texts to be felt.
    const slices = workSlices();
    const vectors: Float32Array[] = [];
    for (const vector of pooled) {
      if (slices.due()) await slices.pause();
      const stepped = head.steps.reduce((value, step) => step(value), vector);
      const cut = config.truncateDim === undefined ? stepped : stepped.slice(0, config.truncateDim);
      vectors.push(unitLength ? normalize(cut) : cut);
    }
    return vectors;
  }

  /** Leading tokens that a prompt makes of a text, the special ones before it counted and any after it not. */
  #promptTokens(prompt: string): number {
    if (prompt === "") return 0;
    const ids = this.parts.tokenizer.encode(prompt).ids;
    // What an empty text is made of is special; a special token at the end of a text ends the prompt alone as well.
    const special = this.parts.tokenizer.encode("").ids;
    return ids.at(-1) === special.at(-1) ? ids.length - 1 : ids.length;
  }
}
