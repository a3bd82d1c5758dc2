/** Makes a safetensors file of tensors of any type. */
export function safetensorsFile(
  tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly values: NodeJS.TypedArray;
  }[],
): Uint8Array {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const { name, dtype, shape, values } of tensors) {
    const begin = end;
    end += values.byteLength;
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const bytes = tensors.map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return Buffer.concat([length, json, ...bytes]);
}
