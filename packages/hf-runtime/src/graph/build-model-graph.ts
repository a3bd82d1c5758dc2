import { ModelConfig } from "../model-source/model-config.js";
import { findArchitecture } from "./architectures/find-architecture.js";
import { type GraphFeatures, graphFeature } from "./graph-features.js";
import { graphOutput } from "./graph-output.js";
import { checkVectors } from "./int8/check-vectors.js";
import { type Int8WeightType, int8WeightType } from "./int8/int8-weight-type.js";
import { type Int8Weights, int8Weights } from "./int8/int8-weights.js";
import { quantizedInMemory } from "./int8/quantize-weights.js";
import { ADAPTER_INPUT } from "./layers/adapters.js";
import { LONG_TEXTS, type LongTexts } from "./layers/long-texts.js";
import type { Operators } from "./layers/model-builder.js";
import { givePrefix } from "./layers/share-prefix.js";
import type { ModelGraph } from "./model-graph.js";
import { ModelGraphBuilder } from "./model-graph-builder.js";
import { ElementType } from "./onnx/element-type.js";
import { commonFolder } from "./weights/common-folder.js";
import { embedTensors } from "./weights/embed-tensors.js";
import { embedWeights } from "./weights/embed-weights.js";
import { referWeights } from "./weights/refer-weights.js";
import { type Rename, WeightStore } from "./weights/weight-store.js";

/** Prefix that OpenProvence adds to the inner model's names. */
const WRAPPED: Rename = [/^ranking_model\./, ""];

/** Adds a part of a model to its graph. It reads some features and returns all of them with its own added. */
export type GraphStep = (graph: ModelGraphBuilder, features: GraphFeatures) => GraphFeatures;

/** Options of {@link buildModelGraph}. */
export interface ModelGraphOptions {
  /** config.json of the transformer, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether the transformer ends at a layer before its last one, so that no norm follows. @default false */
  readonly endsEarly?: boolean;
  /** Paths of the transformer's weights file (safetensors or PyTorch), or of all its shards. */
  readonly weightFiles: readonly string[];
  /**
   * Compute the transformer's last layer for the first token only, for models that read no other token. `token_embeddings` is then
   * [batch, 1, hidden]. Only for batches that are padded on the right. Classifiers that read the first token always do this.
   * @default false
   */
  readonly firstTokenOnly?: boolean;
  /**
   * Let texts share their common first tokens, if the architecture and the task support it. {@link sharePrefix} describes the additional inputs
   * and the output. Only with onnxruntime's operators. @default false
   */
  readonly sharesPrefix?: boolean;
  /**
   * Where the graph has its weights. "external": it refers to the weights in their files, so that nothing is copied. "embedded": it is a
   * self-contained ONNX file, at most 2 GB.
   * @default "external"
   */
  readonly weights?: "external" | "embedded";
  /**
   * With "int8", the encoder's linear layers use int8 weights, and activations that are rounded token by token, so that a text's result does
   * not depend on its batch. Embeddings and heads stay as they are.
   * @default "fp32"
   */
  readonly dtype?: "fp32" | "int8";
  /** For "int8": how the quantised weights are stored. @default the type with which this machine computes exactly */
  readonly int8Type?: Int8WeightType;
  /** For "int8": folder of the quantised weights. @default next to the weights, else the user's cache folder */
  readonly cacheFolder?: string;
  /**
   * With "standard", the graph uses only ONNX's standard operators (except for int8 products), which every execution provider has.
   * onnxruntime's own operators are faster on a CPU, but other providers lack some of them or parts of them: WebGPU has no FusedMatMul, and its
   * attention has no padding mask.
   * @default "onnxruntime"
   */
  readonly operators?: Operators;
  /** Lengths from which attention is computed in tiles and in blocks. Smaller numbers are for tests. @default {@link LONG_TEXTS} */
  readonly longTexts?: LongTexts;
  /** Element type of the inputs. transformers.js and exported models use int64. @default "int32" */
  readonly inputType?: "int32" | "int64";
}

/**
 * Builds the ONNX graph of a model from config.json and its weights files. It runs the steps in order. Weights of every type are converted
 * to float32 for computing, as in PyTorch on a CPU.
 *
 * @param steps the transformer and the modules after it
 * @param output name of the feature that the graph gives out
 * @param per whether the output has a row for each token or for each text. @default "token" for `token_embeddings`, else "text"
 * @throws UnsupportedArchitectureError, ModelConfigError, MalformedSafetensorsError, MalformedTorchFileError, UnsupportedTorchFileError, MissingWeightError, WeightShapeError,
 *   NonFiniteWeightError, OnnxSizeError
 */
export async function buildModelGraph(
  options: ModelGraphOptions,
  steps: readonly GraphStep[],
  output: string,
  per: "token" | "text" = output === "token_embeddings" ? "token" : "text",
): Promise<ModelGraph> {
  const architecture = findArchitecture(new ModelConfig(options.config));
  const config = new ModelConfig({ ...architecture.foundation, ...options.config });
  const renames = [WRAPPED, ...(architecture.renames ?? [])];
  const store = await WeightStore.open(options.weightFiles, architecture.prefix, renames);
  const inputType = options.inputType ?? "int32";
  const builder = new ModelGraphBuilder(architecture, config, store, {
    precision: options.dtype ?? "fp32",
    operators: options.operators ?? "onnxruntime",
    inputType,
    int8Type: options.int8Type ?? int8WeightType(),
    longTexts: options.longTexts ?? LONG_TEXTS,
    firstTokenOnly: options.firstTokenOnly ?? false,
    sharesPrefix: options.sharesPrefix === true && options.operators !== "standard",
  });
  builder.endsEarly = options.endsEarly ?? false;
  const { ids, mask, types } = builder.inputs;
  const inputs: GraphFeatures = {
    input_ids: ids,
    attention_mask: mask,
    ...(types === undefined ? {} : { token_type_ids: types }),
  };
  const features = steps.reduce((given, step) => step(builder, given), inputs);
  const value = graphFeature(features, output, "The model");
  const { name, dims } = graphOutput(builder, { feature: output, per, isHead: steps.length === 1 });
  builder.graph.output(name, value, ElementType.float32, dims);
  givePrefix(builder);
  const weightsFolder = await placeWeights(builder, options);
  const bytes = builder.graph.finish();
  const ownBytes = bytes.length + builder.widenedBytes;
  const { packedBytes, mixedTokens } = builder;
  const inputNames = [...builder.inputNames, ...(builder.adapters ? [ADAPTER_INPUT] : [])];
  const sizes = { ownBytes, packedBytes, mixedTokens };
  return { bytes, weightsFolder, ...sizes, inputs: inputNames, inputType, output: name };
}

/** Embeds each weight's bytes or refers to its file. Returns the folder that external weights are relative to. */
async function placeWeights(
  builder: ModelGraphBuilder,
  options: ModelGraphOptions,
): Promise<string | undefined> {
  const { graph } = builder;
  const stored = [...builder.stored.values()];
  const external = options.weights !== "embedded";
  if (builder.quantized.size > 0) await checkVectors(stored);
  const quantized = await quantizedWeights(builder, options);
  if (quantized.kind === "memory") embedTensors(graph, quantized.tensors);
  const located = quantized.kind === "file" ? [...stored, ...quantized.tensors] : stored;
  const folder = external ? commonFolder(located.map((tensor) => tensor.file)) : undefined;
  if (folder === undefined) {
    await embedWeights(graph, located);
    return undefined;
  }
  // A graph can only refer to contiguous elements.
  await embedWeights(
    graph,
    located.filter(({ strides }) => strides !== undefined),
  );
  referWeights(
    graph,
    located.filter(({ strides }) => strides === undefined),
    folder,
  );
  return folder;
}

async function quantizedWeights(
  builder: ModelGraphBuilder,
  options: ModelGraphOptions,
): Promise<Int8Weights> {
  const weights = [...builder.quantized.values()];
  if (weights.length === 0) return { kind: "memory", tensors: [] };
  if (options.weights === "embedded")
    return { kind: "memory", tensors: await quantizedInMemory(weights, builder.int8Type) };
  return int8Weights(weights, builder.int8Type, options.cacheFolder);
}
