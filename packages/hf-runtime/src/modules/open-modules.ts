import { ANY_BATCH, type BatchRules, batchRules } from "../batch/batch-rules.js";
import type { PastSizes } from "../batch/empty-past.js";
import type { LoadOptions } from "../contracts/load-options.js";
import { MissingWeightError } from "../errors/missing-weight-error.js";
import { ModelConfigError } from "../errors/model-config-error.js";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import { UnsupportedArchitectureError } from "../errors/unsupported-architecture-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { UnsupportedTorchFileError } from "../errors/unsupported-torch-file-error.js";
import { WeightShapeError } from "../errors/weight-shape-error.js";
import { architectureTokenizers } from "../graph/architectures/architecture-tokenizers.js";
import { buildModelGraph, type GraphStep } from "../graph/build-model-graph.js";
import { configUpToLayer } from "../graph/config-up-to-layer.js";
import { chooseWeights, type WeightsChoice } from "../model-source/choose-weights.js";
import { type ConfigJson, configJson } from "../model-source/config-json.js";
import { findWeightFiles } from "../model-source/find-weight-files.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { type ModelSource, onnxSource } from "../model-source/onnx-source.js";
import { chooseIsolation } from "../session/choose-isolation.js";
import { defaultThreads } from "../session/default-threads.js";
import { EarlyConnection } from "../session/early-connection.js";
import type { InferenceSession } from "../session/inference-session.js";
import { openSession } from "../session/open-session.js";
import { firstPositionOf } from "../tokenizer/first-position-of.js";
import { featureShapes } from "./check-features.js";
import type { ApplyModule, Module } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";
import { type PrefixFeeds, prefixFeeds } from "./prefix-feeds.js";
import { sessionOutput } from "./session-output.js";
import type { TransformerModule } from "./transformer.js";

/** A session for the modules that a graph computes, and the functions of the other modules. */
export interface OpenModules {
  readonly session: InferenceSession;
  /** Name of the session's output to read. */
  readonly output: string;
  /** Name of the feature that this output holds. */
  readonly feature: string;
  /** Whether the feature has a row for each token or for each text. */
  readonly per: "token" | "text";
  /** What the session's inputs require of a batch. */
  readonly rules: BatchRules;
  /** Feeds for first tokens that texts share; undefined if the graph does not support sharing. */
  readonly prefixes: PrefixFeeds | undefined;
  /** Position of a text's first token, for a graph that has positions as an input. */
  readonly firstPosition: number;
  /** How many modules the session computes, starting with the first. */
  readonly count: number;
  /** Functions of the modules that the session does not compute, in order. */
  readonly applied: readonly ApplyModule[];
  dispose(): Promise<void>;
}

/** Options of {@link openModules}. */
export interface OpenModulesOptions extends LoadOptions {
  readonly dtype: string;
  /** Name of the model's last feature. */
  readonly output: string;
  /** Whether texts are always padded on the right. */
  readonly padsRight: () => Promise<boolean>;
  /** Called when the graph is built and its session begins to open, which happens elsewhere. */
  readonly onOpening: () => void;
  /** See {@link openSession}. */
  readonly deferWorkers: boolean;
  /** How many modules the graph may have, starting with the first: the modules that all routes of a model share. @default all */
  readonly sharedModules?: number;
}

const CONFIG = "config.json";

/**
 * Finds a model's weights in the requested number format and opens a session. For safetensors, it builds a graph of as many modules as
 * possible, starting with the first; an ONNX file computes only the transformer. The other modules are computed outside the graph. If the
 * architecture is not supported and the repository has an ONNX file, that file is used.
 *
 * @param modules the transformer and the modules after it
 * @param files the transformer's files
 * @throws WeightsNotFoundError, UnsupportedArchitectureError, UnsupportedModuleError, UnsupportedInputError, UnsupportedOutputError,
 *   SessionLoadError, UnsupportedDeviceError, or the signal's reason
 */
export async function openModules(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  options: OpenModulesOptions,
): Promise<OpenModules> {
  const [best, ...others] = await chooseWeights(files, options);
  const { worker = true, signal, device = "cpu", threads = defaultThreads(), lowMemory = false } = options;
  const { isolation = worker ? "worker" : "none", deferWorkers } = options;
  // The graph of an ONNX file may need another place.
  const isInWorker = best.kind !== "onnx" && chooseIsolation(isolation, { mayLoop: false }) === "worker";
  const early = isInWorker ? new EarlyConnection() : undefined;
  try {
    const { source, count, mixedTokens } = await firstThatWorks(modules, files, options, best, others);
    const spec = { model: files.model, ...source, device, threads, lowMemory };
    const connectToWorkers = early?.connect;
    const opening = openSession(spec, { isolation, signal, deferWorkers, connectToWorkers });
    options.onOpening();
    const session = await opening;
    try {
      return await connect(session, modules, files, { count, mixedTokens, output: options.output });
    } catch (error) {
      await session.dispose();
      throw error;
    }
  } finally {
    early?.end();
  }
}

/**
 * Connects a session with the modules that it does not compute.
 * @throws UnsupportedInputError, UnsupportedOutputError for an ONNX file of another kind of model
 */
async function connect(
  session: InferenceSession,
  modules: readonly Module[],
  files: ModelFiles,
  { count, mixedTokens, output }: Omit<CountedSource, "source"> & Pick<OpenModulesOptions, "output">,
): Promise<OpenModules> {
  const wanted = featureAfter(modules, count, output);
  const { per } = featureShapes(modules.slice(0, count)).get(wanted)!;
  const rest = modules.slice(count);
  const isOwn = mixedTokens !== undefined;
  const config = isOwn ? {} : ((await files.readJson(CONFIG, configJson)) ?? {});
  const exported = isOwn ? undefined : modules[0]?.exported;
  const rules = isOwn
    ? { ...ANY_BATCH, mixedTokens }
    : batchRules(session.inputs, { past: pastSizes(config), lastTokenOnly: exported !== undefined });
  const given = exported ?? modules[0]?.output ?? { feature: wanted };
  const { name, feature } = isOwn
    ? { name: session.outputs[0]?.name ?? "", feature: wanted }
    : sessionOutput(
        files.model,
        session.outputs,
        given,
        rest.length > 0 && rest.every(({ isImplied }) => isImplied),
      );
  // If the output already is the last module's, no further module is applied.
  const isDone = feature !== (exported?.feature ?? wanted);
  const applied = isDone ? [] : await applyModules(rest);
  const firstPosition = firstPositionOf(config, architectureTokenizers);
  return {
    session,
    output: name,
    feature,
    per: isDone ? "text" : (exported?.per ?? per),
    rules,
    prefixes: isOwn ? prefixFeeds(session.inputs) : undefined,
    firstPosition,
    count,
    applied,
    dispose: () => session.dispose(),
  };
}

/** Sizes of the attention cache, from the model's configuration. */
function pastSizes({ hidden_size, ...config }: ConfigJson): PastSizes {
  const { num_attention_heads, num_key_value_heads = num_attention_heads, head_dim } = config;
  const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
  const shared =
    isSize(hidden_size) && isSize(num_attention_heads) ? hidden_size / num_attention_heads : undefined;
  return {
    heads: isSize(num_key_value_heads) ? num_key_value_heads : undefined,
    size: isSize(head_dim) ? head_dim : isSize(shared) ? shared : undefined,
  };
}

/** The source of a graph, and how many modules it computes. */
interface CountedSource {
  readonly source: ModelSource;
  readonly count: number;
  /** Maximum length, in tokens, of texts that may share a batch with texts of other lengths. Undefined for an ONNX file of the repository, whose inputs decide. */
  readonly mixedTokens: number | undefined;
}

/**
 * The first choice that gives a graph. If an architecture cannot be built, or its weights do not fit, the next choice (an ONNX export) is
 * tried. If there is none, the error is thrown.
 */
async function firstThatWorks(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  options: OpenModulesOptions,
  best: WeightsChoice,
  others: readonly WeightsChoice[],
): Promise<CountedSource> {
  try {
    return best.kind === "onnx"
      ? { source: await onnxSource(files, best.path), count: 1, mixedTokens: undefined }
      : await graphSource(modules, files, best.precision, options);
  } catch (error) {
    const [next, ...rest] = others;
    if (!next || !isUnbuildable(error)) throw error;
    return firstThatWorks(modules, files, options, next, rest);
  }
}

function isUnbuildable(error: unknown): boolean {
  return (
    error instanceof UnsupportedArchitectureError ||
    error instanceof ModelConfigError ||
    error instanceof MissingWeightError ||
    error instanceof WeightShapeError ||
    error instanceof UnsupportedTorchFileError ||
    (error instanceof ModelFileNotFoundError && error.path.endsWith(CONFIG))
  );
}

/**
 * Builds the graph of a repository with safetensors or PyTorch files. float32 reads the weights from their own files; for int8 they are
 * quantised once, into a file next to the model.
 */
async function graphSource(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  dtype: "fp32" | "int8",
  { device = "cpu", padsRight, sharedModules, output }: OpenModulesOptions,
): Promise<CountedSource> {
  // Read before the weights are downloaded: without it no graph can be built.
  const config = await files.readJson(CONFIG, configJson);
  if (config === undefined) throw await files.notFound(CONFIG);
  const built = leadingSteps(modules, output, sharedModules);
  const last = featureAfter(modules, built.length, output);
  const { layer } = modules[0];
  const cut = layer === undefined ? { config, endsEarly: false } : configUpToLayer(config, layer);
  const { bytes, weightsFolder, ownBytes, packedBytes, mixedTokens } = await buildModelGraph(
    {
      ...cut,
      weightFiles: await findWeightFiles(files),
      firstTokenOnly: built.length > 1 && readsFirstTokenOnly(modules) && (await padsRight()),
      dtype,
      operators: device === "cpu" ? "onnxruntime" : "standard",
      sharesPrefix: true,
    },
    built,
    last,
    featureShapes(modules.slice(0, built.length)).get(last)?.per,
  );
  // A graph that is built here has no endless loop.
  return {
    source: { source: bytes, weightsFolder, ownBytes, packedBytes, mayLoop: false },
    count: built.length,
    mixedTokens,
  };
}

/** Whether the modules read only the first token's vector of the transformer's output. */
function readsFirstTokenOnly([transformer, next, ...others]: readonly Module[]): boolean {
  const feature = transformer?.output?.feature ?? "";
  return next?.readsFirstTokenOnly === true && !others.some(({ reads }) => reads?.includes(feature));
}

/**
 * The steps of the modules that go into the graph: as many as possible, so that the modules after them need only a single feature.
 * @param output name of the model's last feature
 * @param maxSteps maximum number of steps
 */
function leadingSteps(modules: readonly Module[], output: string, maxSteps = modules.length): GraphStep[] {
  const steps: GraphStep[] = [];
  for (const { build } of modules.slice(0, maxSteps)) {
    if (!build) break;
    steps.push(build);
  }
  while (steps.length > 1 && readLater(modules, steps.length, output).length !== 1) steps.pop();
  return steps;
}

/** Name of the feature that a graph of the first `count` modules gives. */
function featureAfter(modules: readonly Module[], count: number, output: string): string {
  return readLater(modules, count, output)[0] ?? output;
}

/** Names of the features that the first `count` modules give and that later modules, or the model, read. */
export function readLater(modules: readonly Module[], count: number, output: string): readonly string[] {
  const given = featureShapes(modules.slice(0, count));
  const read = new Set<string>();
  const replaced = new Set<string>();
  for (const { reads = [], mayRead = [], output: made } of modules.slice(count)) {
    for (const name of [...reads, ...mayRead]) if (given.has(name) && !replaced.has(name)) read.add(name);
    if (made) replaced.add(made.feature);
  }
  if (given.has(output) && !replaced.has(output)) read.add(output);
  return [...read];
}

/**
 * Loads the functions that compute modules outside a graph.
 * @throws UnsupportedModuleError for a module that can only be part of a graph
 */
export function applyModules(modules: readonly Module[]): Promise<readonly ApplyModule[]> {
  return Promise.all(modules.map(applyModule));
}

function applyModule({ type, apply }: Module): Promise<ApplyModule> {
  if (!apply) {
    const able = MODULE_KINDS.map((kind) => kind.type).filter((name) => name !== type);
    throw new UnsupportedModuleError("module", `${type} outside a graph`, able);
  }
  return apply();
}
