import { ModelKindError } from "../errors/model-kind-error.js";
import { expandedInputs } from "../inputs/query-expansion.js";
import { ModuleFiles } from "../modules/config/module-files.js";
import { dense } from "../modules/dense.js";
import { findModuleKind } from "../modules/find-module-kind.js";
import { readTokenRows } from "../modules/read-token-rows.js";
import { defaultTransformer } from "../modules/transformer-settings.js";
import type { ModelEnd } from "./model-end.js";
import {
  isStanford,
  type MultiVectorConfig,
  readMultiVectorConfig,
  readRoleSettings,
} from "./multi-vector-config.js";

/** Modules that turn a text into one vector. */
const POOLS = ["Pooling", "SpladePooling", "StaticEmbedding", "SparseStaticEmbedding", "SparseAutoEncoder"];

const IDENTITY = "torch.nn.modules.linear.Identity";
/** Default input of Dense in these models. */
const PROJECTION = { denseInput: "token_embeddings" };

/** The end of a model that gives a vector for each token. */
export const multiVectorEnd: ModelEnd<MultiVectorConfig, Float32Array[]> = {
  kind: "MultiVectorEncoder",
  loader: "loadMultiVectorEncoder",
  organization: "sentence-transformers",
  readRows(modules, { older }) {
    const choices = modules.flatMap(({ choice = [] }) => choice);
    const skipped = older && { skipped: older.skipped, skippingTasks: ["document"], kept: [] };
    return readTokenRows({
      choices: skipped ? [...choices, skipped] : choices,
      normalizes: skipped !== undefined,
    });
  },
  output: "token_embeddings",
  per: "token",
  expandsQueries: true,
  defaultTask: () => "encode",
  // Stanford stores the projection of the vectors with the transformer's weights.
  async defaultModules(config, _, files) {
    const context = { config, transformer: defaultTransformer("encode"), ...PROJECTION };
    const projection = { bias: false, activation_function: IDENTITY };
    return [await dense.load(new ModuleFiles(files, ""), projection, context)];
  },
  ...PROJECTION,
  deferWorkers: false,
  checkModules(model, config, entries, isOwn) {
    if (entries.length === 0 && isStanford(config)) return;
    const pooling = entries.find(({ type }) => POOLS.includes(findModuleKind(type)?.type ?? ""));
    if (isOwn && entries.length > 0 && !pooling) return;
    const loader = pooling ? "loadEncoder (HuggingFaceEmbeddings)" : undefined;
    const got = pooling?.type ?? (config.architectures?.join(", ") || "no modules.json");
    throw new ModelKindError(model, "a late-interaction model", { got, loader });
  },
  settings: ({ files, config, own }) => readMultiVectorConfig(files, config, own),
  markers: ({ markers }) => markers,
  async inputs(inner, { files, tokenizer, settings, isListed, maxLength }) {
    const roles = await readRoleSettings(files, tokenizer, settings.roles, isListed);
    return expandedInputs(inner, { ...roles, maxLength, paddingSide: tokenizer.paddingSide });
  },
};
