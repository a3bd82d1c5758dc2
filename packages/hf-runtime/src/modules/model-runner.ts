import type { PassQueue, QueuedCall } from "../batch/pass-queue.js";
import { PENDING_PASSES, runBatches } from "../batch/run-batches.js";
import { toFeeds } from "../batch/to-feeds.js";
import type { TokenBatch } from "../batch/token-batch.js";
import type { RunOptions } from "../contracts/run-options.js";
import { InferenceError } from "../errors/inference-error.js";
import type { InputEncoder, InputOptions } from "../inputs/input-encoder.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Features, FeatureTensor } from "./apply/features.js";
import type { OpenModules } from "./open-modules.js";
import type { ReadRows } from "./read-rows.js";

/** The parts a {@link ModelRunner} needs. */
export interface ModelRunnerParts<Row> {
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly modules: OpenModules;
  /** Takes the results out of what the modules give. */
  readonly readRows: ReadRows<Row>;
  /** Where the passes of all calls of the session wait. */
  readonly queue: PassQueue;
  /** Padded tokens of a batch. Minimum 1. */
  readonly batchTokens: number;
  /** Whether a module reads `prompt_length`. */
  readonly readsPromptLength: boolean;
}

/** Options of one call of a {@link ModelRunner}. */
export interface ModelRunOptions extends RunOptions, InputOptions {
  /** Text put before the first text of every input. @default "" */
  readonly prompt?: string;
  /** Called with the width of the rows of each batch, before its rows count: throws if it is not the expected one. */
  readonly checkWidth?: (width: number) => void;
  /** Position in the caller's list of each input, for errors. @default the inputs are the caller's list */
  readonly positions?: readonly number[];
}

/**
 * Inputs → a result of finite numbers each, in the caller's order: the vector, or the scores.
 * @throws InferenceError if the model's output has another shape than its batch needs
 * @throws NonFiniteResultError
 */
export type ModelRunner<Row = Float32Array> = (
  inputs: readonly TextInput[],
  options: ModelRunOptions,
) => Promise<Row[]>;

/** Runs a model from texts to its last feature: prompts, tokens, batches, the graph, and the modules outside it. */
export function modelRunner<Row>(parts: ModelRunnerParts<Row>): ModelRunner<Row> {
  const {
    model,
    tokenizer,
    inputs: encoder,
    modules,
    readRows,
    queue,
    batchTokens,
    readsPromptLength,
  } = parts;
  const { session, applied } = modules;
  const tokenId = (token: string) => tokenizer.tokenId(token);

  const compute = async (
    batch: TokenBatch,
    call: QueuedCall,
    promptLength: number,
    { checkWidth, positions, task }: ModelRunOptions,
  ): Promise<readonly Row[]> => {
    const { allThreads } = batch;
    const raw = await call.run(batch.rows * batch.tokens, (signal) =>
      session.run(
        toFeeds(batch, session.inputs, modules.firstPosition, modules.rules.others),
        modules.output,
        {
          allThreads,
          signal,
        },
      ),
    );
    const result = checkShape(raw, batch);
    let features: Features = {
      prompt_length: { data: Int32Array.of(promptLength), dims: [1] },
      input_ids: { data: batch.inputIds, dims: [batch.rows, batch.tokens] },
      attention_mask: maskOf(batch, result),
      token_mask: { data: batch.tokenMask ?? batch.attentionMask, dims: [batch.rows, batch.tokens] },
      [modules.feature]: result,
    };
    for (const apply of applied) features = await apply(features);
    const position = (row: number) => {
      const input = batch.indices[row]!;
      return positions?.[input] ?? input;
    };
    return readRows(features, { model, rows: batch.rows, task, position, checkWidth, tokenId });
  };

  const checkShape = (result: FeatureTensor, { rows, tokens }: TokenBatch): FeatureTensor => {
    const { dims } = result;
    const isOfBatch = dims[0] === rows && dims.every((size) => size > 0);
    // A graph may give the first token's vector alone.
    const isOfTokens = dims.length === 3 && (dims[1] === tokens || dims[1] === 1);
    if (isOfBatch && (modules.per === "text" || isOfTokens)) return result;
    const shape =
      modules.per === "token" ? "token vectors [texts, tokens, width]" : `a row for each of ${rows} inputs`;
    throw new InferenceError(model, `expected ${shape} from its output "${modules.output}", got [${dims}]`);
  };

  return async (inputs, options) => {
    const { prompt = "", task, truncation, maxLength, signal } = options;
    signal?.throwIfAborted();
    if (inputs.length === 0) return [];
    const promptLength = readsPromptLength ? encoder.promptLength(prompt) : 0;
    const call = queue.enter(
      firstTokens(inputs, tokenizer.maxLength, PENDING_PASSES * session.parallelism * batchTokens),
    );
    try {
      return await runBatches(
        {
          count: inputs.length,
          characters: (index) => characters(inputs[index]!),
          encode: (index) =>
            encoder.encodeInSlices(inputs[index]!, prompt, { truncation, maxLength, task }, signal),
          padding: tokenizer,
          rules: modules.rules,
          batchTokens,
          parallelism: session.parallelism,
        },
        (batch) => compute(batch, call, promptLength, options),
        options,
      );
    } catch (error) {
      // The passes that still wait are those of a call that nobody waits for.
      call.leave(error);
      throw error;
    } finally {
      call.leave();
    }
  };
}

function characters([text, pair = ""]: TextInput): number {
  return text.length + pair.length;
}

/** Characters of a token, roughly, in languages that put spaces between words. */
const CHARACTERS_PER_TOKEN = 4;

/** About how many tokens a call begins with: those of its inputs, but no more than the passes that it may have under way. */
function firstTokens(inputs: readonly TextInput[], maxLength: number, most: number): number {
  let tokens = 0;
  for (const input of inputs) {
    tokens += Math.min(maxLength, Math.ceil(characters(input) / CHARACTERS_PER_TOKEN));
    if (tokens >= most) return most;
  }
  return tokens;
}

/** A graph that gives the first token alone gives one that is never padding. */
function maskOf(batch: TokenBatch, { dims }: FeatureTensor): FeatureTensor {
  const tokens = dims.length < 3 ? batch.tokens : (dims[1] ?? 0);
  const data = tokens === batch.tokens ? batch.attentionMask : new Int32Array(batch.rows * tokens).fill(1);
  return { data, dims: [batch.rows, tokens] };
}
