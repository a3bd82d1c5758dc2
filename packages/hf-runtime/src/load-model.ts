import { BATCH_INPUTS, type BatchRules } from "./batch/batch-rules.js";
import { checkLoadOptions } from "./check-load-options.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { PositionLimitError } from "./errors/position-limit-error.js";
import { UnsupportedInputError } from "./errors/unsupported-input-error.js";
import { architectureTokenizers } from "./graph/architectures/architecture-tokenizers.js";
import { positionLimit } from "./graph/architectures/position-limit.js";
import { resolveModel } from "./hub/resolve-model.js";
import type { InputEncoder } from "./inputs/input-encoder.js";
import { loadInputs } from "./inputs/load-inputs.js";
import { configJson } from "./model-source/config-json.js";
import { filesInFolder } from "./model-source/files-in-folder.js";
import { ModelConfig } from "./model-source/model-config.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { readSentenceTransformersJson } from "./model-source/read-sentence-transformers-json.js";
import type { ModelEnd } from "./models/model-end.js";
import { type ModuleJson, modulesJson } from "./modules/config/modules-json.js";
import { loadModules } from "./modules/load-modules.js";
import { type ModelRunner, modelRunner } from "./modules/model-runner.js";
import type { Module } from "./modules/module.js";
import { type OpenModules, type OpenModulesOptions, openModules } from "./modules/open-modules.js";
import type { TransformerModule } from "./modules/transformer.js";
import { openAll } from "./session/open-all.js";
import { type LoadTokenizerOptions, loadTokenizer } from "./tokenizer/load-tokenizer.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/**
 * Padded tokens of a forward pass by default. Measured: the fastest for models of 22 to 278 million parameters on a
 * CPU (a pass of 20 long texts is 1.5 times as slow a text, and takes twice the memory).
 */
const DEFAULT_BATCH_TOKENS = 512;

/** A loaded model of either end. */
export interface LoadedModel<Settings> {
  readonly model: string;
  readonly files: ModelFiles;
  /** What modules.json lists. */
  readonly entries: readonly ModuleJson[];
  readonly settings: Settings;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** One a number format, in the end's order. */
  readonly runners: readonly ModelRunner[];
  /** Width of the last module's vectors, if the files say. */
  readonly width: number | undefined;
  readonly dispose: () => Promise<void>;
}

/**
 * Loads a model from a folder or the hub: its modules, its tokenizer, and a session for each number format.
 * @param end what distinguishes embedders from rerankers
 */
export async function loadModel<Settings>(
  options: LoadOptions,
  end: ModelEnd<Settings>,
): Promise<LoadedModel<Settings>> {
  const {
    model,
    signal,
    onProgress,
    maxQueuedTokens,
    batchTokens = DEFAULT_BATCH_TOKENS,
    dtype = "fp32",
  } = options;
  checkLoadOptions(options);
  signal?.throwIfAborted();
  end.checkOptions(options);
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel({ ...options, organization: end.organization });
  const config = (await files.readJson("config.json", configJson)) ?? {};
  const entries = (await files.readJson("modules.json", modulesJson)) ?? [];
  end.checkModules(files.model, config, entries);
  const transformerTask = end.transformerTask(config, entries);
  const [modules, own] = await Promise.all([
    loadModules(files, entries, end.impliedModules, { transformerTask }),
    readSentenceTransformersJson(files, end.kind),
  ]);
  const [transformer, ...others] = modules as [TransformerModule, ...Module[]];
  const settings = end.settings(config, own);

  const ownFiles = filesInFolder(files, transformer.folder);
  await checkPositions(ownFiles, options.maxLength);
  const { tokenizer, inputs, opened } = await openParts(
    [transformer, ...others],
    ownFiles,
    end.dtypes(dtype, settings),
    {
      ...options,
      sentenceConfig: own !== undefined,
      deferWorkers: end.deferWorkers,
      readsPairs: end.kind === "CrossEncoder",
      // The answer is read after the last token, which no padding follows.
      paddingSide: transformerTask === "generate" ? "left" : undefined,
      lastModule: end.lastModule?.(files.model, config, entries),
    },
  );
  const readsPromptLength = modules.some((module) => module.readsPromptLength);
  return {
    model,
    files,
    entries,
    settings,
    tokenizer,
    inputs,
    runners: opened.map((open) =>
      modelRunner({
        model,
        tokenizer,
        inputs,
        modules: open,
        output: end.output,
        batchTokens,
        maxQueuedTokens,
        readsPromptLength,
      }),
    ),
    width: modules.reduce<number | undefined>((width, module) => module.width?.(width) ?? width, undefined),
    dispose: async () => {
      await Promise.all(opened.map((open) => open.dispose()));
    },
  };
}

/** @throws PositionLimitError if the model has no positions for so many tokens */
async function checkPositions(files: ModelFiles, maxLength: number | undefined): Promise<void> {
  if (maxLength === undefined) return;
  const config = (await files.readJson("config.json", configJson)) ?? {};
  const limit = positionLimit(new ModelConfig(config)) ?? Number.POSITIVE_INFINITY;
  if (maxLength > limit) throw new PositionLimitError(files.model, maxLength, limit);
}

/** @throws UnsupportedInputError if the graph's inputs are shorter than texts may be */
function checkFixedTokens({ tokens }: BatchRules, maxLength: number): void {
  if (tokens === undefined || maxLength <= tokens) return;
  const advice = `Its inputs have ${tokens} tokens, and texts may have ${maxLength}: load it with the option maxLength: ${tokens}.`;
  throw new UnsupportedInputError("input_ids", `[…, ${tokens}]`, BATCH_INPUTS, advice);
}

/** The parts of a model that take long to load. */
interface ModelParts {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** One a number format, in the order given. */
  readonly opened: readonly OpenModules[];
}

interface OpenPartsOptions
  extends LoadOptions,
    Pick<OpenModulesOptions, "deferWorkers">,
    Pick<LoadTokenizerOptions, "paddingSide"> {
  /** Whether sentence-transformers reads its own files of the model. */
  readonly sentenceConfig: boolean;
  readonly readsPairs: boolean;
  /** Makes the module that follows the others, from the tokenizer. */
  readonly lastModule: ((tokenizer: TextTokenizer) => Module) | undefined;
}

/**
 * Builds the tokenizer here while the weights load in their workers. If either fails, nothing stays behind: sessions that
 * opened are disposed of.
 * @param files the transformer's
 */
async function openParts(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  dtypes: readonly string[],
  options: OpenPartsOptions,
): Promise<ModelParts> {
  const { model, maxLength, sentenceConfig, paddingSide, readsPairs, lastModule, onProgress, signal } =
    options;
  onProgress?.({ kind: "load", model, step: "tokenizer" });
  const architectures = architectureTokenizers;
  const building = loadTokenizer(files, { maxLength, sentenceConfig, paddingSide, architectures });
  const reading = building.then((tokenizer) =>
    loadInputs(files, tokenizer, { isListed: sentenceConfig, readsPairs }),
  );
  const open = async (dtype: string) => {
    const all = lastModule ? ([...modules, lastModule(await building)] as const) : modules;
    // Only a graph that reads the first token alone depends on where padding is, and so waits for the tokenizer.
    const padsRight = modules[1]?.readsFirstTokenOnly !== true || (await building).paddingSide === "right";
    return openModules(all, files, { ...options, dtype, padsRight });
  };
  const opening = openAll(dtypes.map(open));
  // Handled from the start: a session may fail while the tokenizer is still being built.
  const settled = opening.catch((): readonly OpenModules[] => []);
  try {
    const [tokenizer, inputs] = await Promise.all([building, reading]);
    onProgress?.({ kind: "load", model, step: "session" });
    const opened = await opening;
    for (const { rules } of opened) checkFixedTokens(rules, tokenizer.maxLength);
    signal?.throwIfAborted();
    onProgress?.({ kind: "load", model, step: "ready" });
    return { tokenizer, inputs, opened };
  } catch (error) {
    await Promise.all((await settled).map((one) => one.dispose()));
    throw error;
  }
}
