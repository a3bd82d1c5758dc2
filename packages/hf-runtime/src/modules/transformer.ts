import type { TransformerTask } from "../graph/transformer-step.js";
import { transformerStep } from "../graph/transformer-step.js";
import type { Module, ModuleKind, ModuleOutput } from "./module.js";

/** A loaded transformer. Its weights are opened with the graph, in the requested number format. */
export interface TransformerModule extends Module {
  /** Folder of its files in the repository; "" is the root. */
  readonly folder: string;
  /** Index in transformers' `hidden_states` of the layer at which it ends. @default -1: the last layer */
  readonly layer?: number;
}

const TYPE = "Transformer";

/** The output of each task. The names are those in exports, best first. */
const OUTPUTS: Readonly<Record<TransformerTask, Omit<ModuleOutput, "feature">>> = {
  encode: { names: ["last_hidden_state", "token_embeddings"], per: "token" },
  pool: { names: ["pooler_output"], per: "text", isNamed: true },
  classify: { names: ["logits"], per: "text" },
  generate: { names: ["last_token_embedding"], per: "text" },
  "fill-mask": { names: ["logits"], per: "token" },
  // No export gives the scores of texts and of tokens in one tensor.
  "classify-tokens": { names: [], per: "token", isNamed: true },
};

/** Output of causal models' exports: the logits of the whole vocabulary after each token. */
const CAUSAL_LOGITS: ModuleOutput = {
  feature: "causal_logits",
  names: ["logits"],
  per: "token",
  isNamed: true,
};

/** Token ids → the feature of the model's task, as {@link transformerStep} makes it. */
export const transformer: ModuleKind = {
  type: TYPE,
  aliases: ["MLMTransformer"],
  isInput: true,
  async load({ folder }, _, { config, transformer: { task, feature, layer } }): Promise<TransformerModule> {
    const { hidden_size, dim, d_model, n_embd, vocab_size } = config;
    const hidden = hidden_size ?? dim ?? d_model ?? n_embd ?? undefined;
    const isCut = layer !== undefined && layer !== -1;
    return {
      type: TYPE,
      folder,
      layer,
      output: { feature, ...OUTPUTS[task], ...(isCut ? { names: [], isNamed: true } : {}) },
      ...(task === "generate" ? { exported: CAUSAL_LOGITS } : {}),
      width: () =>
        task === "classify" || task === "classify-tokens"
          ? undefined
          : task === "fill-mask"
            ? (vocab_size ?? undefined)
            : hidden,
      build: (graph, features) => transformerStep(graph, features, task, feature),
    };
  },
};
