/**
 * The smallest ONNX model that multiplies matrices: scores = Gemm(queries, rowsᵀ), for queries [q, d] and rows [n, d].
 * Written field by field (onnx.proto: ModelProto and what it holds), since a protobuf library would be larger than it.
 */
export function gemmModel(): Uint8Array {
  const node = message(
    text(1, "queries"),
    text(1, "rows"),
    text(2, "scores"),
    text(4, "Gemm"),
    // transB = 1: an INT attribute.
    field(5, message(text(1, "transB"), integer(3, 1), integer(20, 2))),
  );
  const graph = message(
    field(1, node),
    text(2, "gemm"),
    field(11, matrix("queries", "q", "d")),
    field(11, matrix("rows", "n", "d")),
    field(12, matrix("scores", "q", "n")),
  );
  const opset = message(text(1, ""), integer(2, 13));
  // IR version 8 goes with operator set 13; every runtime since 2021 reads both.
  return Uint8Array.from(message(integer(1, 8), field(7, graph), field(8, opset)));
}

/** A float32 matrix with named sizes, as ValueInfoProto. */
function matrix(name: string, rows: string, columns: string): number[] {
  const shape = message(field(1, message(text(2, rows))), field(1, message(text(2, columns))));
  return message(text(1, name), field(2, message(field(1, message(integer(1, 1), field(2, shape))))));
}

const message = (...fields: number[][]): number[] => fields.flat();

/** A length-delimited field; all lengths here are below 128 or take two bytes. */
function field(number: number, content: readonly number[]): number[] {
  return [...varint((number << 3) | 2), ...varint(content.length), ...content];
}

function text(number: number, value: string): number[] {
  return field(number, [...new TextEncoder().encode(value)]);
}

function integer(number: number, value: number): number[] {
  return [...varint(number << 3), ...varint(value)];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
