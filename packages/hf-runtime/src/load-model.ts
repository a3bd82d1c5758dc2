import { InvalidOptionError } from "@secondpass/core";
import { BATCH_INPUTS, type BatchRules } from "./batch/batch-rules.js";
import { PassQueue } from "./batch/pass-queue.js";
import { PENDING_PASSES } from "./batch/run-batches.js";
import { checkLoadOptions } from "./check-load-options.js";
import { checkRepository } from "./check-repository.js";
import type { LoadOptions } from "./contracts/load-options.js";
import type { Task } from "./contracts/task.js";
import { PositionLimitError } from "./errors/position-limit-error.js";
import { UnsupportedDtypeError } from "./errors/unsupported-dtype-error.js";
import { UnsupportedInputError } from "./errors/unsupported-input-error.js";
import { UnsupportedModuleError } from "./errors/unsupported-module-error.js";
import { UnsupportedSettingError } from "./errors/unsupported-setting-error.js";
import { architectureTokenizers } from "./graph/architectures/architecture-tokenizers.js";
import { positionLimit } from "./graph/architectures/position-limit.js";
import type { TransformerTask } from "./graph/transformer-step.js";
import { resolveModel } from "./hub/resolve-model.js";
import type { InputEncoder } from "./inputs/input-encoder.js";
import { loadInputs } from "./inputs/load-inputs.js";
import { className } from "./model-source/class-name.js";
import { type ConfigJson, configJson } from "./model-source/config-json.js";
import { filesInFolder } from "./model-source/files-in-folder.js";
import { ModelConfig } from "./model-source/model-config.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { readSentenceTransformersJson } from "./model-source/read-sentence-transformers-json.js";
import { withConfigOverrides } from "./model-source/with-config-overrides.js";
import type { Lengths } from "./models/model-encoder.js";
import type { ModelEnd } from "./models/model-end.js";
import { checkFeatures } from "./modules/check-features.js";
import { ModuleFiles } from "./modules/config/module-files.js";
import type { ModuleJson } from "./modules/config/modules-json.js";
import { findModuleKind } from "./modules/find-module-kind.js";
import { loadModules } from "./modules/load-modules.js";
import { type ModelRunner, modelRunner } from "./modules/model-runner.js";
import type { Module } from "./modules/module.js";
import {
  applyModules,
  type OpenModules,
  type OpenModulesOptions,
  openModules,
  readLater,
  readsFirstTokenOnly,
} from "./modules/open-modules.js";
import { readModuleList } from "./modules/read-module-list.js";
import type { ReadRows } from "./modules/read-rows.js";
import { tableRunner } from "./modules/table-runner.js";
import { type TransformerModule, transformer as transformerKind } from "./modules/transformer.js";
import {
  defaultTransformer,
  type TransformerSettings,
  transformerSettings,
} from "./modules/transformer-settings.js";
import { type ModelLists, readModelLists } from "./read-model-lists.js";
import { openAll } from "./session/open-all.js";
import type { SentenceConfigJson } from "./tokenizer/json/sentence-config-json.js";
import { type LoadTokenizerOptions, loadTokenizer } from "./tokenizer/load-tokenizer.js";
import { configOverrides, readSentenceConfig } from "./tokenizer/read-sentence-config.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/**
 * Padded tokens of a forward pass by default. Measured: the fastest for models of 22 to 278 million parameters on a
 * CPU (a pass of 20 long texts is 1.5 times as slow a text, and takes twice the memory).
 */
const DEFAULT_BATCH_TOKENS = 512;

/** One way through a model: what reads the texts, and what computes. */
export interface ModelRoute<Row> {
  /** Tokens of a query, and of a document, if the model limits them apart from other texts. */
  readonly lengths: Lengths;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** One a number format, in the end's order. */
  readonly runners: readonly ModelRunner<Row>[];
  /** Width of the last module's vectors, if the files say. */
  readonly width: number | undefined;
}

/** A loaded model of either end. */
export interface LoadedModel<Settings, Row = Float32Array> extends ModelLists {
  readonly model: string;
  readonly settings: Settings;
  /** At least one; several if a Router chooses by what a text is for. */
  readonly routes: readonly ModelRoute<Row>[];
  /**
   * The way that texts take.
   * @param task what they are for; undefined if nobody says
   * @throws UnknownRouteError
   */
  route(task: Task | undefined): ModelRoute<Row>;
  /** Most numbers of a sparse vector, if one of the modules says. */
  readonly activeDims: number | undefined;
  readonly dispose: () => Promise<void>;
}

/**
 * Loads a model from a folder or the hub: its modules, its tokenizer, and a session for each number format.
 * @param end what distinguishes embedders from rerankers
 */
export async function loadModel<Settings, Row>(
  options: LoadOptions,
  end: ModelEnd<Settings, Row>,
): Promise<LoadedModel<Settings, Row>> {
  const { model, signal, onProgress, dtype = "fp32" } = options;
  checkLoadOptions(options);
  signal?.throwIfAborted();
  end.checkOptions(options);
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel({ ...options, organization: end.organization });
  await checkRepository(files, end.kind);
  const own = await readSentenceTransformersJson(files, end.kind);
  const listed = await readModuleList(files);
  const isOwn = own !== undefined || (end.readsOtherLists === true && listed.length > 0);
  const { entries, lists, placeOf } = await readModelLists(files, isOwn);
  if (own !== undefined && options.pooling !== undefined) {
    const expected = "left out, as modules.json of the model says how its tokens are pooled";
    throw new InvalidOptionError("pooling", expected, options.pooling);
  }
  const known = await Promise.all(
    lists.map((list) => loadList(files, list, end, { options, isOwn, listed })),
  );
  const [{ config, task, modules, width }] = known as [KnownList<Row>];
  const settings = await end.settings({ files, config, own, task, modules, width });
  const loaded = known.map((list) => ({ ...list, readRows: end.readRows(list.modules, settings) }));
  const dtypes = end.dtypes(dtype, settings);

  const opening = groupsOf(loaded).map((group) => {
    const { deferWorkers } = end;
    const [{ output }] = group as [LoadedList<Row>];
    const context = {
      dtypes,
      output,
      deferWorkers,
      sentenceConfig: own !== undefined,
      readsPairs: end.kind === "CrossEncoder",
      markers: end.markers?.(settings),
      readInputs: async (inner: InputEncoder, ownFiles: ModelFiles, tokenizer: TextTokenizer) =>
        (await end.inputs?.(inner, {
          files: ownFiles,
          tokenizer,
          settings,
          isListed: own !== undefined,
          maxLength: options.maxLength,
        })) ?? inner,
    };
    return openGroup(group, { ...options, ...context });
  });
  const groups = await openAll(opening);
  onProgress?.({ kind: "load", model, step: "ready" });
  const routes = new Map(groups.flatMap(({ routes }) => [...routes]));
  return {
    model,
    files,
    entries,
    lists,
    placeOf,
    settings,
    routes: loaded.map((list) => routes.get(list)!),
    activeDims: loaded.flatMap(({ modules }) => modules.flatMap(({ activeDims = [] }) => activeDims))[0],
    route: (task) => routes.get(loaded[placeOf(task)]!)!,
    dispose: async () => {
      await Promise.all(groups.map((group) => group.dispose()));
    },
  };
}

/** A list of modules whose results are read. */
interface LoadedList<Row> extends KnownList<Row> {
  readonly readRows: ReadRows<Row>;
}

/** A list of modules, as far as it is known without weights. */
interface KnownList<Row> {
  readonly entries: readonly ModuleJson[];
  /** config.json of the transformer, with the model's own overrides; {} if there is none. */
  readonly config: ConfigJson;
  /** The transformer's files, with the same config.json. */
  readonly ownFiles: ModelFiles;
  readonly lengths: Lengths;
  readonly task: TransformerTask;
  readonly modules: readonly [Module, ...Module[]];
  /** Width of the last feature, if the files say. */
  readonly width: number | undefined;
  /** What the transformer needs: that of the list, if it begins with one. */
  readonly transformer: TransformerModule | undefined;
  /** The feature that results are read of. */
  readonly output: string;
  readonly readTokenRows: ((tokenizer: TextTokenizer) => ReadRows<Row>) | undefined;
  /** The side that texts must be padded on, if it is not the tokenizer's. */
  readonly paddingSide: "left" | undefined;
  readonly lastModule: ((tokenizer: TextTokenizer) => Module) | undefined;
}

/** What {@link loadList} needs to know of the repository. */
interface LoadListContext {
  readonly options: LoadOptions;
  /** Whether modules.json lists a model of the end's kind. */
  readonly isOwn: boolean;
  /** What modules.json lists in either case. */
  readonly listed: readonly ModuleJson[];
}

async function loadList<Settings, Row>(
  files: ModelFiles,
  entries: readonly ModuleJson[],
  end: ModelEnd<Settings, Row>,
  { options, isOwn, listed }: LoadListContext,
): Promise<KnownList<Row>> {
  const first = entries[0] && className(entries[0].type);
  const isTransformer = !isOwn || findModuleKind(first ?? "") === transformerKind;
  const { config, ownFiles, transformer, sentence } = await readTransformer(files, {
    folder: entries[0]?.path ?? "",
    isListed: isOwn && isTransformer,
    expandsQueries: end.expandsQueries ?? false,
    usualTask: end.usualTask?.(entries),
    defaultTask: (json) => end.defaultTask(json),
  });
  end.checkModules(files.model, config, isOwn ? entries : listed, isOwn);
  const context = { config, transformer, denseInput: end.denseInput };
  const modules = isOwn
    ? await loadModules(files, entries, context)
    : [
        await transformerKind.load(new ModuleFiles(files, ""), {}, context),
        ...(await end.defaultModules(config, options, files)),
      ];
  const lastModule = isOwn ? undefined : end.lastModule?.(files.model, config);
  const shapes = lastModule ? undefined : checkFeatures(modules, end.output, end.per);
  const readTokenRows = end.readTokenRows?.(files.model, config);
  return {
    entries,
    config,
    ownFiles,
    lengths: lengthsOf(sentence, config, options.maxLength),
    task: transformer.task,
    modules: modules as [Module, ...Module[]],
    width: shapes?.get(end.output)?.width,
    transformer: modules[0]?.openTable ? undefined : (modules[0] as TransformerModule),
    readTokenRows,
    // Results that only the tokenizer can find are among the tokens' vectors.
    output: readTokenRows ? "token_embeddings" : end.output,
    // The answer is read after the last token, which no padding follows.
    paddingSide: transformer.task === "generate" ? "left" : undefined,
    lastModule,
  };
}

/** Lists that share their transformer are computed by one session: those of a model without a Router are one group of one list. */
function groupsOf<Row>(lists: readonly LoadedList<Row>[]): LoadedList<Row>[][] {
  const groups: LoadedList<Row>[][] = [];
  for (const list of lists) {
    const folder = list.transformer?.folder;
    const group = groups.find(([first]) => folder !== undefined && first?.transformer?.folder === folder);
    if (group) group.push(list);
    else groups.push([list]);
  }
  return groups;
}

/** The routes of a group of lists. */
interface OpenGroup<Row> {
  readonly routes: ReadonlyMap<LoadedList<Row>, ModelRoute<Row>>;
  dispose(): Promise<void>;
}

type OpenGroupOptions = Omit<OpenPartsOptions, "paddingSide" | "lastModule" | "sharedModules">;

async function openGroup<Row>(
  group: readonly LoadedList<Row>[],
  options: OpenGroupOptions,
): Promise<OpenGroup<Row>> {
  const [first] = group as readonly [LoadedList<Row>];
  const { transformer, ownFiles, paddingSide, lastModule } = first;
  if (transformer === undefined) {
    return { routes: new Map([[first, await openTable(first, options)]]), dispose: async () => {} };
  }
  const { model, batchTokens = DEFAULT_BATCH_TOKENS, maxQueuedTokens } = options;
  await checkPositions(ownFiles, options.maxLength);
  const [, ...others] = first.modules;
  const { tokenizer, inputs, opened } = await openParts([transformer, ...others], ownFiles, {
    ...options,
    paddingSide,
    lastModule,
    sharedModules: group.length > 1 ? sharedModules(group) : undefined,
  });
  const dispose = async () => {
    await Promise.all(opened.map((open) => open.dispose()));
  };
  const queues = opened.map(({ session }) => {
    return new PassQueue({ model, slots: () => PENDING_PASSES * session.parallelism, maxQueuedTokens });
  });
  const runnerOf = async (list: LoadedList<Row>, open: OpenModules, queue: PassQueue) => {
    const applied = list === first ? open.applied : await applyModules(list.modules.slice(open.count));
    if (list !== first) checkRead(list.modules, open, options.output);
    const readsPromptLength = list.modules.some((module) => module.readsPromptLength);
    const modules = { ...open, applied };
    const readRows = list.readTokenRows?.(tokenizer) ?? list.readRows;
    return modelRunner({
      model,
      tokenizer,
      inputs,
      modules,
      readRows,
      queue,
      batchTokens,
      readsPromptLength,
    });
  };
  try {
    const routes = await Promise.all(
      group.map(async (list) => {
        const runners = await Promise.all(opened.map((open, i) => runnerOf(list, open, queues[i]!)));
        const { lengths, width } = list;
        return [list, { tokenizer, inputs, runners, lengths, width }] as const;
      }),
    );
    return { routes: new Map(routes), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** How many modules all lists begin with. */
function sharedModules<Row>(group: readonly LoadedList<Row>[]): number {
  const [first, ...others] = group.map(({ entries }) => entries.map((entry) => JSON.stringify(entry)));
  const end = first?.findIndex((entry, i) => others.some((other) => other[i] !== entry)) ?? -1;
  return end < 0 ? (first?.length ?? 0) : Math.max(end, 1);
}

/**
 * Checks that a route reads what the session that it shares with others gives, and nothing else.
 * @throws UnsupportedModuleError
 */
function checkRead(modules: readonly Module[], { count, feature }: OpenModules, output: string): void {
  const read = readLater(modules, count, output);
  if (read.length === 1 && read[0] === feature) return;
  const got = `a route that reads ${read.join(" and ")} of a transformer that it shares`;
  throw new UnsupportedModuleError("module", got, [`a route that reads ${feature}`]);
}

/**
 * Lengths by what a text is, no longer than the model has positions for, or than its caller allows. Arguments of the tokenizer's calls
 * win, as in sentence-transformers.
 */
function lengthsOf(
  { query_length, document_length, processing_kwargs }: SentenceConfigJson,
  config: ConfigJson,
  maxLength = Number.POSITIVE_INFINITY,
): Lengths {
  if (processing_kwargs?.common?.max_length || processing_kwargs?.text?.max_length) return {};
  const limit = positionLimit(new ModelConfig(config)) ?? Number.POSITIVE_INFINITY;
  const limited = (length: number | null | undefined) => length && Math.min(length, limit, maxLength);
  return { query: limited(query_length) || undefined, document: limited(document_length) || undefined };
}

/** What the files of a model say about its transformer. */
interface TransformerFiles {
  /** config.json, with the overrides of `sentence`; {} if there is none. */
  readonly config: ConfigJson;
  /** The transformer's folder, with the same config.json. */
  readonly ownFiles: ModelFiles;
  readonly transformer: TransformerSettings;
  /** sentence_bert_config.json, if it counts. */
  readonly sentence: SentenceConfigJson;
}

interface ReadTransformerOptions {
  readonly folder: string;
  /** Whether modules.json lists it, so that sentence_bert_config.json counts. */
  readonly isListed: boolean;
  /** What it computes if sentence_bert_config.json does not say. */
  readonly usualTask?: string | undefined;
  /** Whether its queries may be expanded. */
  readonly expandsQueries: boolean;
  /** What it computes if it is not listed. */
  defaultTask(config: ConfigJson): TransformerTask;
}

async function readTransformer(
  files: ModelFiles,
  { folder, isListed, usualTask, expandsQueries, defaultTask }: ReadTransformerOptions,
): Promise<TransformerFiles> {
  const inFolder = filesInFolder(files, folder);
  const sentence = (isListed && (await readSentenceConfig(inFolder, ""))) || {};
  const { query_expansion } = sentence;
  if (query_expansion != null && !expandsQueries) {
    const path = "sentence_bert_config.json";
    throw new UnsupportedSettingError(files.model, {
      path,
      key: "query_expansion",
      expected: "left out, as only models of many vectors a text have it",
      actual: query_expansion,
    });
  }
  const ownFiles = withConfigOverrides(inFolder, configOverrides(sentence));
  // An ONNX file needs no config.json; a graph that is built reports that it is missing.
  const config = (await ownFiles.readJson("config.json", configJson)) ?? {};
  const transformer = isListed
    ? transformerSettings(files.model, sentence, usualTask)
    : defaultTransformer(defaultTask(config));
  return { config, ownFiles, transformer, sentence };
}

/** Formats that change nothing where no linear layer computes. */
const TABLE_DTYPES = ["fp32", "int8", "q8"];

async function openTable<Row>(list: LoadedList<Row>, options: OpenGroupOptions): Promise<ModelRoute<Row>> {
  const { model, dtypes, maxLength } = options;
  const other = dtypes.find((dtype) => !TABLE_DTYPES.includes(dtype));
  if (other !== undefined) {
    throw new UnsupportedDtypeError(
      model,
      other,
      'it reads rows of a table, always in float32: choose "fp32".',
    );
  }
  const [first, ...others] = list.modules;
  const table = await first.openTable!({ maxLength });
  const applied = await applyModules(others);
  const run = tableRunner({ model, table, applied, readRows: list.readRows });
  const { tokenizer, inputs } = table;
  return { tokenizer, inputs, runners: dtypes.map(() => run), lengths: {}, width: list.width };
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
    Pick<OpenModulesOptions, "deferWorkers" | "output" | "sharedModules">,
    Pick<LoadTokenizerOptions, "paddingSide"> {
  /** Whether sentence-transformers reads its own files of the model. */
  readonly sentenceConfig: boolean;
  readonly readsPairs: boolean;
  /** See {@link LoadTokenizerOptions.markers}. */
  readonly markers: readonly string[] | undefined;
  /** Changes how inputs are read, if the model's end does. */
  readonly readInputs: (
    inner: InputEncoder,
    ownFiles: ModelFiles,
    tokenizer: TextTokenizer,
  ) => Promise<InputEncoder>;
  /** Number formats to open. */
  readonly dtypes: readonly string[];
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
  options: OpenPartsOptions,
): Promise<ModelParts> {
  const {
    model,
    dtypes,
    maxLength,
    sentenceConfig,
    paddingSide,
    readsPairs,
    lastModule,
    markers,
    readInputs,
    onProgress,
    signal,
  } = options;
  onProgress?.({ kind: "load", model, step: "tokenizer" });
  const architectures = architectureTokenizers;
  const building = loadTokenizer(files, { maxLength, sentenceConfig, paddingSide, architectures, markers });
  const reading = building.then(async (tokenizer) =>
    readInputs(
      await loadInputs(files, tokenizer, { isListed: sentenceConfig, readsPairs }),
      files,
      tokenizer,
    ),
  );
  const open = async (dtype: string) => {
    const all = lastModule ? ([...modules, lastModule(await building)] as const) : modules;
    // Only a graph that reads the first token alone depends on where padding is, and so waits for the tokenizer.
    const padsRight = !readsFirstTokenOnly(modules) || (await building).paddingSide === "right";
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
    return { tokenizer, inputs, opened };
  } catch (error) {
    await Promise.all((await settled).map((one) => one.dispose()));
    throw error;
  }
}
