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

/** A list of modules, as far as it is known without weights. */
export interface KnownList<Row> {
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
export interface LoadListContext {
  readonly options: LoadOptions;
  /** Whether modules.json lists a model of the end's kind. */
  readonly isOwn: boolean;
  /** What modules.json lists in either case. */
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
    // Results that only the tokenizer can find are among the tokens' vectors.
    output: readTokenRows ? "token_embeddings" : end.output,
    // The answer is read after the last token, which no padding follows.
    paddingSide: transformer.task === "generate" ? "left" : undefined,
    lastModule,
  };
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
  const overridden = withConfigOverrides(withInnerConfig(inFolder), configOverrides(sentence));
  const ownFiles = withTextConfig(overridden);
  // An ONNX file needs no config.json; a graph that is built reports that it is missing.
  const config = (await ownFiles.readJson("config.json", configJson)) ?? {};
  const transformer = isListed
    ? transformerSettings(files.model, sentence, usualTask)
    : defaultTransformer(defaultTask(config));
  return { config, ownFiles, transformer, sentence };
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
