import type { Architecture } from "./architecture.js";
import { findArchitecture } from "./find-architecture.js";
import { ModelBuilder } from "./layers/model-builder.js";
import { ModelConfig } from "./model-config.js";
import type { ModelGraph } from "./model-graph.js";
import { ElementType } from "./onnx/element-type.js";
import { commonFolder, embedWeights, referWeights } from "./weights/place-weights.js";
import { WeightStore } from "./weights/weight-store.js";

export interface BuildGraphOptions {
  /** config.json, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Paths of the safetensors file or of all its shards. */
  readonly weightFiles: readonly string[];
  /** "encode": token ids → hidden states. "classify": token ids → logits, by the architecture's own head. */
  readonly task: "encode" | "classify";
  /**
   * With "encode", compute the last layer for the first token alone, for models that pool by it: `last_hidden_state` is then
   * [batch, 1, hidden]. Only for batches that are padded on the right. Classifiers that read the first token do so anyway.
   * @default false
   */
  readonly firstTokenOnly?: boolean;
  /**
   * Where the weights are: "external" refers to where they lie in `weightFiles`, so that nothing is copied; "embedded" makes
   * an ONNX file of its own, at most 2 GB.
   * @default "external"
   */
  readonly weights?: "external" | "embedded";
  /** Element type of the inputs. transformers.js and exported models use int64. @default "int32" */
  readonly inputType?: "int32" | "int64";
}

/**
 * Builds the ONNX graph of a model from config.json and model.safetensors. Weights of any type are computed with in
 * float32, as PyTorch does on a CPU.
 *
 * @throws UnsupportedArchitectureError, ModelConfigError, MalformedSafetensorsError, MissingWeightError, WeightShapeError
 */
export async function buildGraph(options: BuildGraphOptions): Promise<ModelGraph> {
  const config = new ModelConfig(options.config);
  const architecture = findArchitecture(config);
  const store = await WeightStore.open(options.weightFiles, architecture.prefix);
  const inputs = ["input_ids", "attention_mask"];
  if (architecture.segments(config) > 1) inputs.push("token_type_ids");
  const inputType = options.inputType ?? "int32";
  const m = new ModelBuilder(config, store, "fp32", inputType, inputs);
  const output = addOutput(m, architecture, options);
  const tensors = [...m.stored.values()];
  const folder = options.weights === "embedded" ? undefined : commonFolder(tensors.map((t) => t.file));
  if (folder === undefined) await embedWeights(m.graph, tensors);
  else referWeights(m.graph, tensors, folder);
  return { bytes: m.graph.finish(), weightsFolder: folder, inputs, inputType, output };
}

function addOutput(m: ModelBuilder, architecture: Architecture, options: BuildGraphOptions): string {
  if (options.task === "encode") {
    const hidden = architecture.encode(m, options.firstTokenOnly ?? false);
    const tokens = options.firstTokenOnly ? 1 : "tokens";
    m.graph.output("last_hidden_state", hidden, ElementType.float32, ["batch", tokens, "hidden"]);
    return "last_hidden_state";
  }
  const hidden = architecture.encode(m, architecture.classifiesFirstToken(m.config));
  const labels = m.shape(architecture.classifier)[0] ?? 0;
  m.graph.output("logits", architecture.classify(m, hidden), ElementType.float32, ["batch", labels]);
  return "logits";
}
