import { ProtobufWriter } from "../../protobuf/protobuf-writer.js";
import { ElementType } from "./element-type.js";

/** Name of a tensor in the graph: an input, an initializer or the output of a node. */
export type Value = string;

/** Attributes of a node. A number is an integer and an array a list of integers; floats are marked by {@link float}. */
export type Attributes = Readonly<
  Record<string, number | string | readonly number[] | FloatAttribute | Subgraph>
>;

/** A graph that an operator such as If or Scan runs, made by {@link GraphBuilder.subgraph}. */
export interface Subgraph {
  readonly subgraph: ProtobufWriter;
}

interface FloatAttribute {
  readonly float: number;
}

/** Marks an attribute as a float, because JavaScript does not distinguish floats from integers. */
export const float = (value: number): FloatAttribute => ({ float: value });

/** A dimension: a size, or a name if the size is only known when the model runs. */
export type Dimension = number | string;

/** Where the bytes of an external initializer are. */
export interface ExternalData {
  /** Path relative to the session's weights folder, with `/` between folders. */
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** Version of ONNX's standard operators (LayerNormalization is the newest one in use), and the matching IR version. */
const OPSET = 17;
const IR_VERSION = 8;
/** Domain of onnxruntime's own operators, which all of its builds have. */
const CONTRIB = "com.microsoft";
/** Attribute types of AttributeProto. */
const AttributeType = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;
const EXTERNAL = 1;

/** Collects nodes and initializers and writes them as an ONNX ModelProto. Field numbers are from onnx.proto. */
export class GraphBuilder {
  #nodes: ProtobufWriter[] = [];
  readonly #initializers = new Map<string, ProtobufWriter>();
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  #values = 0;
  #hasContrib = false;

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Makes `value` an output with the name `name`. */
  output(name: string, value: Value, type: ElementType, shape: readonly Dimension[]): void {
    this.#node("Identity", "", [value], [name], {});
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** Adds a node of a standard operator with one output. An undefined input is an omitted optional one. */
  op(type: string, inputs: readonly (Value | undefined)[], attributes: Attributes = {}): Value {
    return this.#single(type, "", inputs, attributes);
  }

  /** Adds a node of one of onnxruntime's own operators. */
  contrib(type: string, inputs: readonly (Value | undefined)[], attributes: Attributes = {}): Value {
    this.#hasContrib = true;
    return this.#single(type, CONTRIB, inputs, attributes);
  }

  /** Adds a node of a standard operator with several outputs. */
  ops(type: string, inputs: readonly Value[], count: number, attributes: Attributes = {}): Value[] {
    const outputs = Array.from({ length: count }, () => this.#fresh(type));
    this.#node(type, "", inputs, outputs, attributes);
    return outputs;
  }

  /**
   * Builds a graph within this one. It can read values that were made before it. Its own values exist only inside it, except its float32 output.
   *
   * @param inputs element types of the inputs that the operator passes to it
   * @param build makes its nodes and returns its output
   */
  subgraph(inputs: readonly ElementType[], build: (inputs: readonly Value[]) => Value): Subgraph {
    const around = this.#nodes;
    this.#nodes = [];
    try {
      const names = inputs.map(() => this.#fresh("input"));
      // The output has to come from a node of this graph.
      const output = this.op("Identity", [build(names)]);
      const graph = new ProtobufWriter();
      for (const node of this.#nodes) graph.message(1, node);
      graph.string(2, output);
      for (const [i, name] of names.entries()) graph.message(11, valueInfo(name, inputs[i] as ElementType));
      return { subgraph: graph.message(12, valueInfo(output, ElementType.float32)) };
    } finally {
      this.#nodes = around;
    }
  }

  /** Adds an initializer whose bytes are part of the graph, once for each name. */
  constant(name: string, type: ElementType, shape: readonly number[], bytes: Uint8Array): Value {
    if (!this.#initializers.has(name))
      this.#initializers.set(name, tensor(name, type, shape).bytes(9, bytes));
    return name;
  }

  /** Adds an initializer whose bytes stay in a file, once for each name. */
  external(name: string, type: ElementType, shape: readonly number[], data: ExternalData): Value {
    if (!this.#initializers.has(name)) {
      const proto = tensor(name, type, shape);
      for (const [key, value] of Object.entries(data)) {
        proto.message(13, new ProtobufWriter().string(1, key).string(2, String(value)));
      }
      this.#initializers.set(name, proto.int(14, EXTERNAL));
    }
    return name;
  }

  float32(value: number): Value {
    return this.constant(`float32 ${value}`, ElementType.float32, [], bytesOf(Float32Array.of(value)));
  }

  int32(value: number): Value {
    return this.constant(`int32 ${value}`, ElementType.int32, [], bytesOf(Int32Array.of(value)));
  }

  int64s(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant(`int64 [${values}]`, ElementType.int64, [values.length], bytesOf(data));
  }

  int64(value: number): Value {
    return this.constant(`int64 ${value}`, ElementType.int64, [], bytesOf(BigInt64Array.of(BigInt(value))));
  }

  /** Serialises the ModelProto. It only names the domains of used operators, so that a graph of standard operators loads in any runtime. */
  finish(): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, "secondpass");
    for (const initializer of this.#initializers.values()) graph.message(5, initializer);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufWriter()
      .int(1, IR_VERSION)
      .string(2, "secondpass")
      .message(7, graph)
      .message(8, new ProtobufWriter().string(1, "").int(2, OPSET));
    if (this.#hasContrib) model.message(8, new ProtobufWriter().string(1, CONTRIB).int(2, 1));
    return model.finish();
  }

  #single(
    type: string,
    domain: string,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes,
  ): Value {
    const output = this.#fresh(type);
    this.#node(type, domain, inputs, [output], attributes);
    return output;
  }

  #fresh(type: string): Value {
    this.#values += 1;
    return `${type} ${this.#values}`;
  }

  #node(
    type: string,
    domain: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly Value[],
    attributes: Attributes,
  ): void {
    const node = new ProtobufWriter();
    for (const input of inputs) node.string(1, input ?? "");
    for (const output of outputs) node.string(2, output);
    node.string(3, outputs[0] ?? type).string(4, type);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.#nodes.push(domain === "" ? node : node.string(7, domain));
  }
}

/** The bytes of a typed array, without a copy. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function attribute(name: string, value: Attributes[string]): ProtobufWriter {
  const proto = new ProtobufWriter().string(1, name);
  if (typeof value === "number") return proto.int(3, value).int(20, AttributeType.int);
  if (typeof value === "string") return proto.string(4, value).int(20, AttributeType.string);
  if ("subgraph" in value) return proto.message(6, value.subgraph).int(20, AttributeType.graph);
  if ("float" in value) return proto.float(2, value.float).int(20, AttributeType.float);
  for (const entry of value) proto.int(8, entry);
  return proto.int(20, AttributeType.ints);
}

function tensor(name: string, type: ElementType, shape: readonly number[]): ProtobufWriter {
  return new ProtobufWriter().ints(1, shape).int(2, type).string(8, name);
}

/** Describes an input or output. Without `shape`, it may have any shape. */
function valueInfo(name: string, type: ElementType, shape?: readonly Dimension[]): ProtobufWriter {
  const tensorType = new ProtobufWriter().int(1, type);
  if (shape !== undefined) tensorType.message(2, dimensionsOf(shape));
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

function dimensionsOf(shape: readonly Dimension[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === "string" ? dimension.string(2, size) : dimension.int(1, size));
  }
  return dimensions;
}
