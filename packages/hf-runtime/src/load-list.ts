import type { LoadOptions } from "./contracts/load-options.js";
import { UnsupportedSettingError } from "./errors/unsupported-setting-error.js";
import { positionLimit } from "./graph/architectures/position-limit.js";
import type { TransformerTask } from "./graph/transformer-step.js";
import { className } from "./model-source/class-name.js";
import { type ConfigJson, configJson } from "./model-source/config-json.js";
import { filesInFolder } from "./model-source/files-in-folder.js";
import { ModelConfig } from "./model-source/model-config.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { withConfigOverrides } from "./model-source/with-config-overrides.js";
import { withInnerConfig } from "./model-source/with-inner-config.js";
import { withTextConfig } from "./model-source/with-text-config.js";
import type { ModelEnd } from "./models/model-end.js";
import type { Lengths } from "./models/model-route.js";
import { checkFeatures } from "./modules/check-features.js";
import { ModuleFiles } from "./modules/config/module-files.js";
import type { ModuleJson } from "./modules/config/modules-json.js";
import { findModuleKind } from "./modules/find-module-kind.js";
import { loadModules } from "./modules/load-modules.js";
import type { Module } from "./modules/module.js";
import type { ReadRows } from "./modules/read-rows.js";
import { type TransformerModule, transformer as transformerKind } from "./modules/transformer.js";
import {
  defaultTransformer,
  type TransformerSettings,
  transformerSettings,
} from "./modules/transformer-settings.js";
import type { SentenceConfigJson } from "./tokenizer/json/sentence-config-json.js";
import { configOverrides, readSentenceConfig } from "./tokenizer/read-sentence-config.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** What is known about a list of modules without reading weights. */
export interface KnownList<Row> {
  readonly entries: readonly ModuleJson[];
  /** config.json of the transformer, with the model's own overrides; {} if there is none. */
  readonly config: ConfigJson;
  /** The transformer's files, with the same config.json. */
  readonly ownFiles: ModelFiles;
  readonly lengths: Lengths;
  readonly task: TransformerTask;
  readonly modules: readonly [Module, ...Module[]];
  /** Width of the last feature, if the files state it. */
  readonly width: number | undefined;
  /** The list's transformer, if it begins with one. */
  readonly transformer: TransformerModule | undefined;
  /** Name of the feature from which results are read. */
  readonly output: string;
  readonly readTokenRows: ((tokenizer: TextTokenizer) => ReadRows<Row>) | undefined;
  /** Side on which texts must be padded, if it is not the tokenizer's. */
  readonly paddingSide: "left" | undefined;
  readonly lastModule: ((tokenizer: TextTokenizer) => Module) | undefined;
}

/** What {@link loadList} needs to know about the load. */
export interface LoadListContext {
  readonly options: LoadOptions;
  /** Whether modules.json lists a model of the end's kind. */
  readonly isOwn: boolean;
  /** The modules in modules.json, even if they belong to another kind of model. */
  readonly listed: readonly ModuleJson[];
}

export async function loadList<Settings, Row>(
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
  const readTokenRows = isOwn ? undefined : end.readTokenRows?.(files.model, config);
  const shapes = lastModule || readTokenRows ? undefined : checkFeatures(modules, end.output, end.per);
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
    // These results are found in the token vectors with the tokenizer's help.
    output: readTokenRows ? "token_embeddings" : end.output,
    // The answer is read after the last token, so padding must not follow it.
    paddingSide: transformer.task === "generate" ? "left" : undefined,
    lastModule,
  };
}

/** Settings of a model's transformer, from its files. */
interface TransformerFiles {
  /** config.json, with the overrides of `sentence`; {} if there is none. */
  readonly config: ConfigJson;
  /** The transformer's folder, with the same config.json. */
  readonly ownFiles: ModelFiles;
  readonly transformer: TransformerSettings;
  /** sentence_bert_config.json; {} if it does not apply. */
  readonly sentence: SentenceConfigJson;
}

interface ReadTransformerOptions {
  readonly folder: string;
  /** Whether modules.json lists it, so that sentence_bert_config.json applies. */
  readonly isListed: boolean;
  /** Its task if sentence_bert_config.json names none. */
  readonly usualTask?: string | undefined;
  /** Whether its queries can be expanded. */
  readonly expandsQueries: boolean;
  /** Its task if it is not listed. */
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
      expected: "left out, because only models with many vectors for each text have it",
      actual: query_expansion,
    });
  }
  const overridden = withConfigOverrides(withInnerConfig(inFolder), configOverrides(sentence));
  const ownFiles = withTextConfig(overridden);
  // An ONNX file needs no config.json. Building a graph reports a missing one.
  const config = (await ownFiles.readJson("config.json", configJson)) ?? {};
  const transformer = isListed
    ? transformerSettings(files.model, sentence, usualTask)
    : defaultTransformer(defaultTask(config));
  return { config, ownFiles, transformer, sentence };
}

/**
 * Maximum lengths of queries and documents, limited by the model's positions and by the caller's maxLength. Arguments of the tokenizer's calls
 * override them, as in sentence-transformers.
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
