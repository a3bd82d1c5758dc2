import { type TransformerTask, transformerStep } from "../graph/transformer-step.js";
import { configJson } from "../model-source/config-json.js";
import type { Module, ModuleKind, ModuleOutput } from "./module.js";

/** A loaded transformer. Its weights are opened with the graph, in the requested number format. */
export interface TransformerModule extends Module {
  /** Folder of its files in the repository; "" is the root. */
  readonly folder: string;
}

const TYPE = "Transformer";

/** Names are those of exports, best first. */
const OUTPUTS: Readonly<Record<TransformerTask, ModuleOutput>> = {
  encode: { feature: "token_embeddings", names: ["last_hidden_state", "token_embeddings"] },
  classify: { feature: "scores", names: ["logits"] },
  "fill-mask": { feature: "token_embeddings", names: ["logits"] },
  generate: { feature: "last_token_embedding", names: ["last_token_embedding"] },
};

/** Token ids → the feature of the model's task, as {@link transformerStep} makes it. */
export const transformer: ModuleKind = {
  type: TYPE,
  aliases: ["MLMTransformer"],
  isInput: true,
  async load({ repository, folder }, _, { transformerTask }): Promise<TransformerModule> {
    const path = folder === "" ? "config.json" : `${folder}/config.json`;
    // An ONNX file needs no config.json; a graph that is built reports that it is missing.
    const { hidden_size, dim, d_model, n_embd, vocab_size } =
      (await repository.readJson(path, configJson)) ?? {};
    return {
      type: TYPE,
      folder,
      output: OUTPUTS[transformerTask],
      width: () =>
        (transformerTask === "fill-mask" ? vocab_size : (hidden_size ?? dim ?? d_model ?? n_embd)) ??
        undefined,
      build: (graph, features) => transformerStep(graph, features, transformerTask),
    };
  },
};
