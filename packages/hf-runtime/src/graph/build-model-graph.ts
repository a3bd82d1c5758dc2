import { ModelConfig } from "../model-source/model-config.js";
import { readFloat32 } from "../safetensors/read-float32.js";
import type { TensorLocation } from "../safetensors/read-safetensors-header.js";
import { findArchitecture } from "./architectures/find-architecture.js";
import { type GraphFeatures, graphFeature } from "./graph-features.js";
import { graphOutput } from "./graph-output.js";
import { checkFinite } from "./int8/check-finite.js";
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

/** What OpenProvence puts before the names of the model inside. */
const WRAPPED: Rename = [/^ranking_model\./, ""];

/** Adds a part of a model to its graph: reads some features and gives all of them with its own. */
export type GraphStep = (graph: ModelGraphBuilder, features: GraphFeatures) => GraphFeatures;

/** Options of {@link buildModelGraph}. */
export interface ModelGraphOptions {
  /** config.json of the transformer, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether the transformer ends in a layer before its last one: no norm follows it. @default false */
  readonly endsEarly?: boolean;
  /** Paths of the transformer's file of weights, safetensors or PyTorch's, or of all its shards. */
  readonly weightFiles: readonly string[];
  /**
   * Compute the transformer's last layer for the first token alone, for models that read no other: `token_embeddings` is then
   * [batch, 1, hidden]. Only for batches that are padded on the right. Classifiers that read the first token do so anyway.
   * @default false
   */
  readonly firstTokenOnly?: boolean;
  /**
   * Let texts go on from tokens that all of them begin with, if the architecture and the task can: see {@link sharePrefix} for the inputs and
   * the output that the graph has besides. With onnxruntime's operators only. @default false
   */
  readonly sharesPrefix?: boolean;
  /**
   * Where the weights are: "external" refers to them in their files, so that nothing is copied; "embedded" makes
   * a self-contained ONNX file, at most 2 GB.
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
  /** With "int8": where the quantised weights are kept. @default next to the weights, else the user's cache folder */
  readonly cacheFolder?: string;
  /**
   * "standard": of ONNX's own operators (int8's products apart), which every execution provider has. onnxruntime's are faster on a
   * CPU, but others lack some of them, or parts: WebGPU has no FusedMatMul, and attention without a mask of padding.
   * @default "onnxruntime"
   */
  readonly operators?: Operators;
  /** From which lengths on attention is computed in tiles and in blocks. Smaller numbers are for tests. @default {@link LONG_TEXTS} */
  readonly longTexts?: LongTexts;
  /** Element type of the inputs. transformers.js and exported models use int64. @default "int32" */
  readonly inputType?: "int32" | "int64";
}

/**
 * Builds the ONNX graph of a model from config.json and its files of weights: the steps' work in their order. Weights of any type are
 * computed with in float32, as PyTorch does on a CPU.
 *
 * @param steps the transformer, and what follows it
 * @param output the feature that the graph gives out
 * @param per what it has a row for. @default each text; each token if it is `token_embeddings`
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

/** Settles where each weight's bytes come from; gives the folder that external ones are relative to. */
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
  // A graph can refer only to elements that follow one another.
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

/**
 * Checks the biases and norms of an int8 graph. A NaN that they bring into an activation would be rounded to a number; one of an
 * embedding or of a head, in float32, reaches the result.
 */
async function checkVectors(stored: readonly TensorLocation[]): Promise<void> {
  for (const tensor of stored) if (tensor.shape.length === 1) checkFinite(tensor, await readFloat32(tensor));
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
