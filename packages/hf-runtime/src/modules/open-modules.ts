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
import { defaultThreads } from "../session/default-threads.js";
import type { InferenceSession } from "../session/inference-session.js";
import { openSession } from "../session/open-session.js";
import { positionsAfterPadding } from "../tokenizer/positions-after-padding.js";
import { featureShapes } from "./check-features.js";
import type { ApplyModule, Module } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";
import { type PrefixFeeds, prefixFeeds } from "./prefix-feeds.js";
import { sessionOutput } from "./session-output.js";
import type { TransformerModule } from "./transformer.js";

/** A session on the modules that a graph computes, and the others. */
export interface OpenModules {
  readonly session: InferenceSession;
  /** Name of the session's output to read. */
  readonly output: string;
  /** The feature that it is. */
  readonly feature: string;
  /** What the feature has a row for. */
  readonly per: "token" | "text";
  /** What the session's inputs ask of a batch. */
  readonly rules: BatchRules;
  /** Undefined if texts cannot go on from tokens that they share. */
  readonly prefixes: PrefixFeeds | undefined;
  /** Position of a text's first token, for a graph that is told the positions. */
  readonly firstPosition: number;
  /** How many modules the session computes, from the first on. */
  readonly count: number;
  /** The modules that the session does not compute, in their order. */
  readonly applied: readonly ApplyModule[];
  dispose(): Promise<void>;
}

/** Options of {@link openModules}. */
export interface OpenModulesOptions extends LoadOptions {
  readonly dtype: string;
  /** The feature that the model ends in. */
  readonly output: string;
  /** No text is padded on the left. */
  readonly padsRight: boolean;
  /** See {@link openSession}. */
  readonly deferWorkers: boolean;
  /** How many modules may be in the graph, from the first on: those that all routes of a model share. @default all */
  readonly sharedModules?: number;
}

const CONFIG = "config.json";

/**
 * Finds a model's weights in the requested number format and opens a session. From safetensors, a graph is built of as many modules as
 * can be part of one, from the first on; an ONNX file computes the transformer. The other modules are computed outside. If an
 * architecture cannot be built and the repository has an ONNX file too, that serves.
 *
 * @param modules the transformer, and what follows it
 * @param files the transformer's
 * @throws WeightsNotFoundError, UnsupportedArchitectureError, UnsupportedModuleError, UnsupportedInputError, UnsupportedOutputError,
 *   SessionLoadError, UnsupportedDeviceError, or the signal's reason
 */
export async function openModules(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  options: OpenModulesOptions,
): Promise<OpenModules> {
  const [best, ...others] = await chooseWeights(files, options);
  const { source, count, mixedTokens } = await firstThatWorks(modules, files, options, best, others);
  const { worker = true, signal, device = "cpu", threads = defaultThreads(), lowMemory = false } = options;
  const { isolation = worker ? "worker" : "none", deferWorkers } = options;
  const spec = { model: files.model, ...source, device, threads, lowMemory };
  const session = await openSession(spec, { isolation, signal, deferWorkers });
  try {
    return await connect(session, modules, files, { count, mixedTokens, output: options.output });
  } catch (error) {
    await session.dispose();
    throw error;
  }
}

/**
 * Joins a session and the modules that it does not compute.
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
  // An output that is the last module's already has nothing to go through.
  const isDone = feature !== (exported?.feature ?? wanted);
  const applied = isDone ? [] : await applyModules(rest);
  const firstPosition = positionsAfterPadding(config, architectureTokenizers);
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

/** Sizes of the cache of a model's attention, as its configuration says. */
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

/** A source of a graph, and how many modules it computes. */
interface CountedSource {
  readonly source: ModelSource;
  readonly count: number;
  /** Most tokens of a text that may share a batch with texts of other lengths. Undefined for a file of the repository: its inputs tell. */
  readonly mixedTokens: number | undefined;
}

/**
 * The first choice that gives a graph. An architecture that cannot be built, or weights that do not fit it, are no reason to
 * fail where there is an export to fall back to; if there is none, they are the reason to give.
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
 * Builds the graph of a repository that has safetensors or PyTorch's files. float32 uses the weights in their files; for int8 they are quantised
 * once, into a file next to the model.
 */
async function graphSource(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  dtype: "fp32" | "int8",
  { device = "cpu", padsRight, sharedModules, output }: OpenModulesOptions,
): Promise<CountedSource> {
  // Before the weights are downloaded: without it no graph can be built of them.
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
      firstTokenOnly: padsRight && built.length > 1 && readsFirstTokenOnly(modules),
      dtype,
      operators: device === "cpu" ? "onnxruntime" : "standard",
      sharesPrefix: true,
    },
    built,
    last,
    featureShapes(modules.slice(0, built.length)).get(last)?.per,
  );
  // The graph is ours, whatever operators it has.
  return {
    source: { source: bytes, weightsFolder, ownBytes, packedBytes, mayLoop: false },
    count: built.length,
    mixedTokens,
  };
}

/** Whether nothing but the first token's vector is read of what the transformer gives. */
export function readsFirstTokenOnly([transformer, next, ...others]: readonly Module[]): boolean {
  const feature = transformer?.output?.feature ?? "";
  return next?.readsFirstTokenOnly === true && !others.some(({ reads }) => reads?.includes(feature));
}

/**
 * What the modules add to a graph: as many of them as can be part of one, and as leave a single feature to compute the others from.
 * @param output the feature that the model ends in
 * @param most how many there may be
 */
function leadingSteps(modules: readonly Module[], output: string, most = modules.length): GraphStep[] {
  const steps: GraphStep[] = [];
  for (const { build } of modules.slice(0, most)) {
    if (!build) break;
    steps.push(build);
  }
  while (steps.length > 1 && readLater(modules, steps.length, output).length !== 1) steps.pop();
  return steps;
}

/** The feature that a graph of the first `count` modules gives. */
function featureAfter(modules: readonly Module[], count: number, output: string): string {
  return readLater(modules, count, output)[0] ?? output;
}

/** The features that the first `count` modules give and the others, or the model, read. */
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
 * Reads what computing modules outside a graph takes.
 * @throws UnsupportedModuleError for one that is part of a graph only
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
