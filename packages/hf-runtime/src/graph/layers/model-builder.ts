import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { rowsOf } from "../../safetensors/rows-of.js";
import { storedOrder } from "../../safetensors/stored-order.js";
import type { TensorLocation } from "../../safetensors/tensor-location.js";
import type { Int8WeightType } from "../int8/int8-weight-type.js";
import { ElementType } from "../onnx/element-type.js";
import { GraphBuilder, type Subgraph, type Value } from "../onnx/graph-builder.js";
import type { WeightStore } from "../weights/weight-store.js";
import { ADAPTER_INPUT, type Adapters, adaptersOf } from "./adapters.js";
import type { LongTexts } from "./long-texts.js";

/** The inputs of a model's graph. */
export interface InputValues {
  /** [batch, tokens] */
  readonly ids: Value;
  /** [batch, tokens]: 1 for a token, 0 for padding. */
  readonly mask: Value;
  /** [batch, tokens]; undefined if the model has a single segment. */
  readonly types: Value | undefined;
  /** [1]: the task whose adapters are applied; undefined if the model has none. */
  readonly task: Value | undefined;
}

/** The values for first tokens that texts share: see {@link sharePrefix}. */
export interface PrefixValues {
  /** [slots, prefix, width]: keys and values of the tokens before the batch's, in the order of the layers. */
  readonly past: Value;
  /** [1]: for how many tokens of the batch's first text the graph gives keys and values out. */
  readonly kept: Value;
  /** These keys and values, one entry for each slot: [1, kept, width]. */
  readonly given: Value[];
}

const FLOAT32_BYTES = 4;
const FLOATS = ["F32", "F16", "BF16"];

/** Whether a graph may use onnxruntime's own operators, or only ONNX's standard ones. */
export type Operators = "onnxruntime" | "standard";

/** How linear layers compute: as stored, or with int8 weights and per-token int8 activations. */
export type Precision = "fp32" | "int8";

/**
 * Builder that a model's layers write into: the graph, the weights and the configuration, and values that are made once and used by many
 * layers. It only records weights; where their bytes come from is decided at the end.
 */
export class ModelBuilder {
  readonly graph = new GraphBuilder();
  /** Tensors that are used as stored, by the name of their initializer. */
  readonly stored = new Map<string, TensorLocation>();
  /** Weights [out, in] of linear layers that will be quantised, by the name of their initializers. */
  readonly quantized = new Map<string, TensorLocation>();
  /** Known lower bounds of values (0 or less), such as an activation's results. int8 uses finer steps for them. */
  readonly floors = new Map<Value, number>();
  readonly inputs: InputValues;
  /** Undefined for a graph without shared first tokens. */
  prefix: PrefixValues | undefined;
  /** Adapters of the model's layers, if it has any. */
  readonly adapters: Adapters | undefined;
  /** Whether the graph ends at a layer before the model's last one, so that no norm follows. */
  endsEarly = false;
  /** Maximum number of tokens in a text that may share a batch with texts of other lengths. */
  mixedTokens = Number.POSITIVE_INFINITY;
  /** Bytes of weights that a session converts to float32, in its own memory. */
  widenedBytes = 0;
  /** Bytes of weights that a session packs for matrix products, in its own memory, unless packing is turned off. */
  packedBytes = 0;
  #once = new Map<string, Value>();
  readonly #rows = new Map<Value, Value>();

  constructor(
    readonly config: ModelConfig,
    readonly weights: WeightStore,
    readonly precision: Precision,
    /** Element type of the three inputs. */
    readonly idType: "int32" | "int64",
    inputNames: readonly string[],
    readonly operators: Operators,
    /** How quantised weights are stored. */
    readonly int8Type: Int8WeightType,
    readonly longTexts: LongTexts,
  ) {
    const input = (name: string) => this.graph.input(name, ElementType[idType], ["batch", "tokens"]);
    const types = inputNames.includes("token_type_ids");
    this.adapters = adaptersOf(config, weights);
    this.inputs = {
      ids: input("input_ids"),
      mask: input("attention_mask"),
      types: types ? input("token_type_ids") : undefined,
      task: this.adapters ? this.graph.input(ADAPTER_INPUT, ElementType[idType], [1]) : undefined,
    };
  }

  /** Makes a value at the first call for `key`, and returns the same value at later calls. */
  once(key: string, make: () => Value): Value {
    const made = this.#once.get(key) ?? make();
    this.#once.set(key, made);
    return made;
  }

  /** Like {@link GraphBuilder.subgraph}. Values that are made {@link once} inside it exist only there. */
  subgraph(inputs: readonly ElementType[], build: (inputs: readonly Value[]) => Value): Subgraph {
    const around = this.#once;
    this.#once = new Map(around);
    try {
      return this.graph.subgraph(inputs, build);
    } finally {
      this.#once = around;
    }
  }

  /** Notes that the first two dimensions of `value` are those of `like`, and returns `value`. */
  sameRows(value: Value, like: Value): Value {
    if (value !== like) this.#rows.set(value, this.rowsOf(like));
    return value;
  }

  /**
   * The first value that is known to have the same first two dimensions, batch and tokens, as `value`: the key for what is computed once
   * from these dimensions.
   */
  rowsOf(value: Value): Value {
    return this.#rows.get(value) ?? value;
  }

  /** Applies the norm after the model's last layer, unless the graph ends at an earlier layer. */
  lastNorm(hidden: Value, norm: (hidden: Value) => Value): Value {
    return this.endsEarly ? hidden : norm(hidden);
  }

  /** Whether the configuration allows texts with more than `tokens` tokens. */
  readsMoreThan(tokens: number): boolean {
    const positions = this.config.values.max_position_embeddings;
    return typeof positions !== "number" || positions > tokens;
  }

  has(name: string): boolean {
    return this.weights.find(name) !== undefined;
  }

  /** @throws MissingWeightError */
  shape(name: string): readonly number[] {
    return this.weights.get(name).shape;
  }

  /**
   * A weight in its stored type.
   *
   * @throws WeightShapeError if its type is not float32, float16 or bfloat16, or its shape does not have `rank` dimensions
   */
  storedWeight(name: string, rank: number): Value {
    const tensor = this.#floats(name, rank);
    const order = tensor.strides === undefined ? undefined : storedOrder(tensor.shape, tensor.strides);
    if (order === undefined) {
      this.stored.set(tensor.name, tensor);
      return tensor.name;
    }
    const { strides: _, ...stored } = tensor;
    const asStored = `${tensor.name} as stored`;
    this.stored.set(asStored, { ...stored, name: asStored, shape: order.map((i) => tensor.shape[i]!) });
    return this.once(asStored, () => {
      // onnxruntime transposes it once, when it loads the graph.
      this.widenedBytes += this.#size(name) * FLOAT32_BYTES;
      return this.graph.op("Transpose", [asStored], { perm: order.map((_, i) => order.indexOf(i)) });
    });
  }

  /** A weight as float32. onnxruntime does the cast once, when it loads the graph. */
  weight(name: string, rank: number): Value {
    if (this.weights.get(name).dtype !== "F32") this.widenedBytes += this.#size(name) * FLOAT32_BYTES;
    return this.toFloat(name, this.storedWeight(name, rank));
  }

  /**
   * One of `parts` equal parts of a weight's rows, as float32: [rows, columns] → [rows / parts, columns].
   * @param part index of the part, from 0
   */
  part(name: string, part: number, parts: number): Value {
    const [rows = 0] = this.shape(name);
    return this.rows(name, (part * rows) / parts, rows / parts);
  }

  /**
   * Consecutive rows of a weight as float32: [rows, columns] → [count, columns]. The session gets only these rows. If the graph gathered them
   * from the whole weight, the session would read the whole weight into its own memory while it loads.
   */
  rows(name: string, from: number, count: number): Value {
    const whole = this.#floats(name, 2);
    const [, columns = 0] = whole.shape;
    const tensor = rowsOf(
      { ...whole, name: `${whole.name} rows ${from}+${count}`, shape: [count, columns] },
      from,
    );
    this.stored.set(tensor.name, tensor);
    return this.toFloat(name, tensor.name);
  }

  /** Adds a weight of a matrix product to {@link packedBytes}. */
  notePacked(name: string): void {
    this.packedBytes += this.#size(name) * (this.precision === "int8" ? 1 : FLOAT32_BYTES);
  }

  /** Converts a weight, or a part of it, to float32. */
  toFloat(name: string, value: Value): Value {
    if (this.weights.get(name).dtype === "F32") return value;
    return this.once(`float ${value}`, () => this.graph.op("Cast", [value], { to: ElementType.float32 }));
  }

  /** [1]: the number of tokens that every text of the batch is padded to. */
  get tokens(): Value {
    return this.once("tokens", () => this.graph.op("Shape", [this.inputs.ids], { start: 1, end: 2 }));
  }

  /** [1]: the number of tokens before those of the batch. */
  get prefixTokens(): Value {
    const { graph, prefix } = this;
    if (prefix === undefined) return graph.int64s([0]);
    return this.once("prefix tokens", () => graph.op("Shape", [prefix.past], { start: 1, end: 2 }));
  }

  /** [1]: the number of tokens that can be attended to: the prefix's and the batch's. */
  get allTokens(): Value {
    const { prefix } = this;
    if (prefix === undefined) return this.tokens;
    return this.once("all tokens", () => this.graph.op("Add", [this.prefixTokens, this.tokens]));
  }

  /** The mask in float32: [batch, tokens]. */
  get floatMask(): Value {
    return this.once("float mask", () =>
      this.graph.op("Cast", [this.inputs.mask], { to: ElementType.float32 }),
    );
  }

  /** The first token's vector: [batch, any, hidden] → [batch, 1, hidden]. */
  firstRow(value: Value): Value {
    const { graph } = this;
    return this.once(`first row of ${value}`, () =>
      graph.op("Slice", [value, graph.int64s([0]), graph.int64s([1]), graph.int64s([1])]),
    );
  }

  /** The first token's vector without the dimension of tokens: [batch, any, hidden] → [batch, hidden]. */
  firstToken(value: Value): Value {
    return this.graph.op("Gather", [value, this.graph.int64(0)], { axis: 1 });
  }

  /** [batch, tokens, heads · size] → [batch, heads, tokens, size]. */
  splitHeads(value: Value, heads: number, permutation: readonly number[] = [0, 2, 1, 3]): Value {
    const { graph } = this;
    const size = graph.op("Reshape", [value, graph.int64s([0, 0, heads, -1])]);
    return graph.op("Transpose", [size], { perm: permutation });
  }

  /** [batch, heads, tokens, size] → [batch, tokens, heads · size]. */
  joinHeads(value: Value): Value {
    const { graph } = this;
    const merged = graph.op("Transpose", [value], { perm: [0, 2, 1, 3] });
    return graph.op("Reshape", [merged, graph.int64s([0, 0, -1])]);
  }

  #floats(name: string, rank: number): TensorLocation {
    const tensor = this.weights.get(name);
    if (tensor.shape.length !== rank || !FLOATS.includes(tensor.dtype)) {
      throw new WeightShapeError(
        name,
        `F32, F16 or BF16 with ${rank} dimensions`,
        `${tensor.dtype} [${tensor.shape}]`,
      );
    }
    return tensor;
  }

  #size(name: string): number {
    return this.shape(name).reduce((product, size) => product * size, 1);
  }
}
