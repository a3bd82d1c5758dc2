import type { BatchRules } from "../batch/batch-rules.js";
import { padBatch } from "../batch/pad-batch.js";
import type { PassQueue, QueuedCall } from "../batch/pass-queue.js";
import type { BatchSource } from "../batch/plan-batches.js";
import { PENDING_PASSES, runBatches } from "../batch/run-batches.js";
import { toFeeds } from "../batch/to-feeds.js";
import type { TokenBatch } from "../batch/token-batch.js";
import type { ReadingOptions } from "../contracts/reading-options.js";
import type { RunOptions } from "../contracts/run-options.js";
import { InferenceError } from "../errors/inference-error.js";
import { ADAPTER_INPUT } from "../graph/layers/adapters.js";
import { PREFIX_PORTS } from "../graph/layers/share-prefix.js";
import type { InputEncoder, InputOptions } from "../inputs/input-encoder.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { OutputTensor } from "../session/inference-session.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Features, FeatureTensor } from "./apply/features.js";
import type { OpenModules } from "./open-modules.js";
import type { ReadRows } from "./read-rows.js";
import { runWithPrefix } from "./run-with-prefix.js";

/** The parts that a {@link ModelRunner} needs. */
export interface ModelRunnerParts<Row> {
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly modules: OpenModules;
  /** Reads the results from the modules' features. */
  readonly readRows: ReadRows<Row>;
  /** Queue for the passes of all calls of the session. */
  readonly queue: PassQueue;
  /** Padded tokens of a batch. Minimum 1. */
  readonly batchTokens: number;
  /** Whether a module reads `prompt_length`. */
  readonly readsPromptLength: boolean;
}

/** Which part of a call a pass computes. */
interface PassPlace {
  /** Positions in the call of the inputs that a batch's indices refer to. @default the indices themselves */
  readonly places?: readonly number[] | undefined;
  /** Keys and values of the shared tokens before the batch's. @default none */
  readonly prefix?: OutputTensor | undefined;
}

/** Options of one call of a {@link ModelRunner}. */
export interface ModelRunOptions extends RunOptions, InputOptions, Pick<ReadingOptions, "onTokens"> {
  /** Text put before the first text of every input. @default "" */
  readonly prompt?: string;
  /** Number of the task whose adapters are applied. @default none */
  readonly adapter?: number | undefined;
  /** Called with the width of each batch's rows before they are read. It throws if the width is not the expected one. */
  readonly checkWidth?: (width: number) => void;
  /** Position in the caller's list of each input, for errors. @default the inputs are the caller's list */
  readonly positions?: readonly number[];
}

/**
 * Inputs → one result of finite numbers for each (a vector or scores), in the caller's order.
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
  const prefixes = modules.prefixes;
  const ports = prefixes?.batchPorts ?? session.inputs;
  const tokenId = (token: string) => tokenizer.tokenId(token);
  const told = session.inputs.find(({ name }) => name === ADAPTER_INPUT);
  const othersOf = (adapter = NO_ADAPTER): BatchRules["others"] => {
    const { others } = modules.rules;
    if (told === undefined || others.has(told.name)) return others;
    return new Map(others).set(told.name, () => ({ type: "int32", data: Int32Array.of(adapter), dims: [1] }));
  };

  const compute = async (
    batch: TokenBatch,
    call: QueuedCall,
    promptLength: number,
    { checkWidth, positions, task, adapter }: ModelRunOptions,
    { places, prefix }: PassPlace = {},
  ): Promise<readonly Row[]> => {
    const { allThreads } = batch;
    const raw = await call.run(batch.rows * batch.tokens, (signal) =>
      session.run(
        {
          ...toFeeds(batch, ports, modules.firstPosition, othersOf(adapter)),
          ...prefixes?.feeds(prefix),
        },
        modules.output,
        { allThreads, signal },
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
      const index = batch.indices[row]!;
      const input = places?.[index] ?? index;
      return positions?.[input] ?? input;
    };
    return readRows(features, { model, rows: batch.rows, task, position, checkWidth, tokenId });
  };

  const checkShape = (result: FeatureTensor, { rows, tokens }: TokenBatch): FeatureTensor => {
    const { dims } = result;
    const isOfBatch = dims[0] === rows && dims.every((size) => size > 0);
    // A graph may give the first token's vector only.
    const isOfTokens = dims.length === 3 && (dims[1] === tokens || dims[1] === 1);
    if (isOfBatch && (modules.per === "text" || isOfTokens)) return result;
    const shape =
      modules.per === "token" ? "token vectors [texts, tokens, width]" : `a row for each of ${rows} inputs`;
    throw new InferenceError(model, `expected ${shape} from its output "${modules.output}", got [${dims}]`);
  };

  /** Computes the keys and values of tokens that inputs share. */
  const computePrefix = (ids: Int32Array, call: QueuedCall): Promise<OutputTensor> => {
    const encoding = { ids, typeIds: new Int32Array(ids.length), truncated: false };
    const batch = padBatch([{ index: 0, encoding }], tokenizer, { allThreads: true });
    return call.run(batch.tokens, (signal) =>
      session.run(
        { ...toFeeds(batch, ports, modules.firstPosition), ...prefixes?.feeds(undefined, ids.length) },
        PREFIX_PORTS.given,
        { allThreads: true, signal },
      ),
    );
  };

  return async (inputs, options) => {
    const { prompt = "", task, truncation, truncationSide, maxLength, signal } = options;
    const reading = { truncation, truncationSide, maxLength, task };
    signal?.throwIfAborted();
    if (inputs.length === 0) return [];
    const promptLength = readsPromptLength ? encoder.promptLength(prompt) : 0;
    const call = queue.enter(
      firstTokens(inputs, tokenizer.maxLength, PENDING_PASSES * session.parallelism * batchTokens),
    );
    try {
      const source: BatchSource = {
        count: inputs.length,
        characters: (index) => characters(inputs[index]!),
        encode: (index) => {
          const found = encoder.encodeInSlices(inputs[index]!, prompt, reading, signal);
          return counted(found, options.positions?.[index] ?? index, options.onTokens);
        },
        // In a model that can share first tokens, no token depends on later ones, so padding on the right changes nothing.
        padding: prefixes ? { padId: tokenizer.padId, paddingSide: "right" } : tokenizer,
        rules: modules.rules,
        batchTokens,
        parallelism: session.parallelism,
      };
      if (!prefixes) {
        return await runBatches(source, (batch) => compute(batch, call, promptLength, options), options);
      }
      return await runWithPrefix(
        {
          inputs,
          source,
          computePrefix: (ids) => computePrefix(ids, call),
          compute: (batch, places, prefix) => compute(batch, call, promptLength, options, { places, prefix }),
        },
        options,
      );
    } catch (error) {
      // The call has failed, so its waiting passes are dropped.
      call.leave(error);
      throw error;
    } finally {
      call.leave();
    }
  };
}

/** Reports the number of an input's tokens. */
function counted(
  found: Encoding | Promise<Encoding>,
  place: number,
  onTokens: ReadingOptions["onTokens"],
): Encoding | Promise<Encoding> {
  if (onTokens === undefined) return found;
  const report = (encoding: Encoding): Encoding => {
    onTokens(place, encoding.ids.length);
    return encoding;
  };
  return found instanceof Promise ? found.then(report) : report(found);
}

/** A task number that does not exist: no adapters are applied. */
const NO_ADAPTER = 2 ** 31 - 1;

function characters([text, pair = ""]: TextInput): number {
  return text.length + pair.length;
}

/** Approximate characters in a token, in languages that put spaces between words. */
const CHARACTERS_PER_TOKEN = 4;

/** Estimates how many tokens a call queues first: the tokens of its inputs, at most `most`, which is what its pending passes hold. */
function firstTokens(inputs: readonly TextInput[], maxLength: number, most: number): number {
  let tokens = 0;
  for (const input of inputs) {
    tokens += Math.min(maxLength, Math.ceil(characters(input) / CHARACTERS_PER_TOKEN));
    if (tokens >= most) return most;
  }
  return tokens;
}

/** The mask of a result's tokens. If the graph gives only the first token, it is never padding. */
function maskOf(batch: TokenBatch, { dims }: FeatureTensor): FeatureTensor {
  const tokens = dims.length < 3 ? batch.tokens : (dims[1] ?? 0);
  const data = tokens === batch.tokens ? batch.attentionMask : new Int32Array(batch.rows * tokens).fill(1);
  return { data, dims: [batch.rows, tokens] };
}
