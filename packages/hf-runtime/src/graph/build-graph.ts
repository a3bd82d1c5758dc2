import { ModelConfig } from "../model-source/model-config.js";
import type { Architecture } from "./architectures/architecture.js";
import { findArchitecture } from "./architectures/find-architecture.js";
import { type Int8Weights, int8Weights } from "./int8/int8-cache.js";
import { type Int8WeightType, int8WeightType } from "./int8/int8-weight-type.js";
import { quantizeWeights } from "./int8/int8-weights.js";
import { ModelBuilder, type Operators } from "./layers/model-builder.js";
import type { ModelGraph } from "./model-graph.js";
import { ElementType } from "./onnx/element-type.js";
import { commonFolder, embedTensors, embedWeights, referWeights } from "./weights/place-weights.js";
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
  /**
   * "int8": linear layers of the encoder with int8 weights and activations that are rounded token by token, so that a text's
   * result does not depend on its batch; embeddings and heads stay as they are.
   * @default "fp32"
   */
  readonly dtype?: "fp32" | "int8";
  /** With "int8": how the quantised weights are stored. @default what this machine computes with exactly */
  readonly int8Type?: Int8WeightType;
  /** With "int8": where the quantised weights are kept. @default beside the weights, else the user's cache folder */
  readonly cacheFolder?: string;
  /**
   * "standard": of ONNX's own operators (int8's products apart), which every execution provider has. onnxruntime's are faster on a
   * CPU, but others lack some of them, or parts: WebGPU has no FusedMatMul, and attention without a mask of padding.
   * @default "onnxruntime"
   */
  readonly operators?: Operators;
  /** Element type of the inputs. transformers.js and exported models use int64. @default "int32" */
  readonly inputType?: "int32" | "int64";
}

/**
 * Builds the ONNX graph of a model from config.json and model.safetensors. Weights of any type are computed with in
 * float32, as PyTorch does on a CPU.
 *
 * @throws UnsupportedArchitectureError, ModelConfigError, MalformedSafetensorsError, MissingWeightError, WeightShapeError,
 *   OnnxSizeError
 */
export async function buildGraph(options: BuildGraphOptions): Promise<ModelGraph> {
  const config = new ModelConfig(options.config);
  const architecture = findArchitecture(config);
  const store = await WeightStore.open(options.weightFiles, architecture.prefix);
  const inputs = ["input_ids", "attention_mask"];
  if (architecture.segments(config) > 1) inputs.push("token_type_ids");
  const inputType = options.inputType ?? "int32";
  const m = new ModelBuilder(
    config,
    store,
    options.dtype ?? "fp32",
    inputType,
    inputs,
    options.operators ?? "onnxruntime",
    options.int8Type ?? int8WeightType(),
  );
  const output = addOutput(m, architecture, options);
  const weightsFolder = await placeWeights(m, options);
  const bytes = m.graph.finish();
  const ownBytes = bytes.length + m.widenedBytes;
  return { bytes, weightsFolder, ownBytes, packedBytes: m.packedBytes, inputs, inputType, output };
}

/** Settles where each weight's bytes come from; gives the folder that external ones are looked for in. */
async function placeWeights(m: ModelBuilder, options: BuildGraphOptions): Promise<string | undefined> {
  const { graph } = m;
  const stored = [...m.stored.values()];
  const external = options.weights !== "embedded";
  const quantized = await quantizedWeights(m, options);
  if (quantized.kind === "memory") embedTensors(graph, quantized.tensors);
  const located = quantized.kind === "file" ? [...stored, ...quantized.tensors] : stored;
  const folder = external ? commonFolder(located.map((tensor) => tensor.file)) : undefined;
  if (folder === undefined) await embedWeights(graph, located);
  else referWeights(graph, located, folder);
  return folder;
}

async function quantizedWeights(m: ModelBuilder, options: BuildGraphOptions): Promise<Int8Weights> {
  const weights = [...m.quantized.values()];
  if (weights.length === 0) return { kind: "memory", tensors: [] };
  if (options.weights === "embedded")
    return { kind: "memory", tensors: await quantizeWeights(weights, m.int8Type) };
  return int8Weights(weights, m.int8Type, options.cacheFolder);
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
