/** A tensor of a file: its bytes and their layout. */
export interface TorchFileTensor {
  readonly name: string;
  /** Name of torch's class: "FloatStorage". */
  readonly storage: string;
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  /** Strides in elements. @default row-major */
  readonly strides?: readonly number[];
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  FloatStorage: 4,
  HalfStorage: 2,
  BFloat16Storage: 2,
  LongStorage: 8,
};
/** Storages begin at multiples of this. */
const ALIGNMENT = 64;

/** Makes a file like torch.save for a dict of tensors: a zip archive with a pickle of protocol 2 and the storages. */
export function torchFile(tensors: readonly TorchFileTensor[]): Uint8Array {
  return zip([
    ["archive/data.pkl", pickleOf(tensors)],
    ["archive/byteorder", Buffer.from("little")],
    ...tensors.map(({ bytes }, i): [string, Uint8Array] => [`archive/data/${i}`, bytes]),
    ["archive/version", Buffer.from("3\n")],
  ]);
}

/** Makes a file like torch.save before PyTorch 1.6: pickles and storages one after another, without alignment. */
export function legacyTorchFile(tensors: readonly TorchFileTensor[]): Uint8Array {
  const pickle = (...parts: readonly (Buffer | string)[]) =>
    Buffer.concat(["\x80\x02", ...parts, "."].map((part) => Buffer.from(part as string, "latin1")));
  return Buffer.concat([
    Buffer.from("80028a0a6cfc9c46f9206aa850192e", "hex"),
    pickle(integer(1001)),
    pickle("}", text("little_endian"), "\x88s"),
    pickleOf(tensors, "N"),
    pickle("](", ...tensors.map((_, i) => text(String(i))), "e"),
    ...tensors.flatMap(({ storage, bytes }) => {
      const count = Buffer.alloc(8);
      count.writeBigUInt64LE(BigInt(bytes.length / ELEMENT_BYTES[storage]!));
      return [count, bytes];
    }),
  ]);
}

/** The tensors of a safetensors file of float32, float16, bfloat16 or int64. */
export function tensorsOf(safetensors: Uint8Array): readonly TorchFileTensor[] {
  const whole = Buffer.from(safetensors);
  const start = 8 + Number(whole.readBigUInt64LE());
  const header = JSON.parse(whole.toString("utf8", 8, start)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const storages: Record<string, string> = {
    F32: "FloatStorage",
    F16: "HalfStorage",
    BF16: "BFloat16Storage",
    I64: "LongStorage",
  };
  return Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [begin, end],
        },
      ]) => ({
        name,
        storage: storages[dtype]!,
        shape,
        bytes: whole.subarray(start + begin, start + end),
      }),
    );
}

function pickleOf(tensors: readonly TorchFileTensor[], view = ""): Buffer {
  const entries = tensors.flatMap(({ name, storage, bytes, shape, strides = rowMajor(shape) }, i) => [
    text(name),
    Buffer.from("ctorch._utils\n_rebuild_tensor_v2\n((", "latin1"),
    text("storage"),
    Buffer.from(`ctorch\n${storage}\n`, "latin1"),
    text(String(i)),
    text("cpu"),
    integer(bytes.length / ELEMENT_BYTES[storage]!),
    Buffer.from(`${view}tQ`, "latin1"),
    integer(0),
    sizes(shape),
    sizes(strides),
    Buffer.from("\x89ccollections\nOrderedDict\n)RtR", "latin1"),
  ]);
  return Buffer.concat([Buffer.from("\x80\x02}(", "latin1"), ...entries, Buffer.from("u.")]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([Buffer.from("X"), length, bytes]);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write("J");
  bytes.writeInt32LE(value, 1);
  return bytes;
}

const sizes = (values: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from("("), ...values.map(integer), Buffer.from("t")]);

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, i) => shape.slice(i + 1).reduce((product, size) => product * size, 1));
}

/** A zip archive of stored entries, without checksums. */
export function zip(entries: readonly (readonly [name: string, bytes: Uint8Array])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let end = 0;
  const add = (part: Buffer | Uint8Array) => {
    parts.push(Buffer.from(part));
    end += part.length;
  };
  for (const [name, bytes] of entries) {
    const path = Buffer.from(name);
    const offset = end;
    const padding = (ALIGNMENT - ((offset + 30 + path.length + 4) % ALIGNMENT)) % ALIGNMENT;
    const sums = Buffer.alloc(12);
    sums.writeUInt32LE(bytes.length, 4);
    sums.writeUInt32LE(bytes.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    sums.copy(local, 14);
    local.writeUInt16LE(path.length, 26);
    local.writeUInt16LE(4 + padding, 28);
    const extra = Buffer.alloc(4 + padding);
    extra.write("FB");
    extra.writeUInt16LE(padding, 2);
    for (const part of [local, path, extra, bytes]) add(part);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50);
    sums.copy(central, 16);
    central.writeUInt16LE(path.length, 28);
    central.writeUInt32LE(offset, 42);
    directory.push(central, path);
  }
  const start = end;
  for (const part of directory) add(part);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50);
  last.writeUInt16LE(entries.length, 8);
  last.writeUInt16LE(entries.length, 10);
  last.writeUInt32LE(end - start, 12);
  last.writeUInt32LE(start, 16);
  return Buffer.concat([...parts, last]);
}
