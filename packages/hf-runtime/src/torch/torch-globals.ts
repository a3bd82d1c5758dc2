import { TorchGlobal } from "./torch-global.js";
import { TorchStorage } from "./torch-storage.js";
import { TorchTensor } from "./torch-tensor.js";

/** Element types of torch's storages, by safetensors' names. */
const STORAGES: Readonly<Record<string, string | undefined>> = {
  "torch.BFloat16Storage": "BF16",
  "torch.BoolStorage": "BOOL",
  "torch.ByteStorage": "U8",
  "torch.CharStorage": "I8",
  "torch.ComplexFloatStorage": "C64",
  "torch.DoubleStorage": "F64",
  "torch.FloatStorage": "F32",
  "torch.HalfStorage": "F16",
  "torch.IntStorage": "I32",
  "torch.LongStorage": "I64",
  "torch.ShortStorage": "I16",
  "torch.storage.UntypedStorage": undefined,
};

/** Element types of tensors in untyped storages, by torch's names. */
const DTYPES: Readonly<Record<string, string>> = {
  "torch.bfloat16": "BF16",
  "torch.bool": "BOOL",
  "torch.float16": "F16",
  "torch.float32": "F32",
  "torch.float64": "F64",
  "torch.float8_e4m3fn": "F8_E4M3",
  "torch.float8_e5m2": "F8_E5M2",
  "torch.int16": "I16",
  "torch.int32": "I32",
  "torch.int64": "I64",
  "torch.int8": "I8",
  "torch.uint16": "U16",
  "torch.uint32": "U32",
  "torch.uint64": "U64",
  "torch.uint8": "U8",
};

/** Maximum number of dimensions in torch. */
const MAX_DIMENSIONS = 64;

/**
 * The names that files of plain tensors use. A pickle with any other name is not read.
 * @param fail throws the error for invalid arguments
 */
export function torchGlobals(fail: (reason: string) => never): ReadonlyMap<string, TorchGlobal> {
  const tensor = (args: readonly unknown[], dtype: string | undefined): TorchTensor => {
    const [storage, offset, shape, strides] = args;
    if (!(storage instanceof TorchStorage)) fail("it has a tensor without a storage");
    const own = (storage as TorchStorage).dtype ?? dtype;
    if (own === undefined) fail("it has a tensor without an element type");
    if (!isSize(offset) || !isSizes(shape) || !isSizes(strides) || shape.length !== strides.length)
      fail("it has a tensor whose offset, shape or strides are not lists of sizes");
    return new TorchTensor(
      storage as TorchStorage,
      own as string,
      offset as number,
      shape as number[],
      strides as number[],
    );
  };
  const parameter = ([data]: readonly unknown[]) =>
    data instanceof TorchTensor ? data : fail("it has a parameter without a tensor");
  const names: TorchGlobal[] = [
    new TorchGlobal("collections.OrderedDict", (args) =>
      args.length === 0 ? new Map() : fail("it has an OrderedDict with arguments"),
    ),
    new TorchGlobal("torch.Size", ([sizes = []]) => sizes),
    new TorchGlobal("torch._utils._rebuild_tensor_v2", (args) => tensor(args, undefined)),
    new TorchGlobal("torch._utils._rebuild_tensor_v3", (args) => {
      const dtype = args[6];
      return tensor(args, dtype instanceof TorchGlobal ? dtype.dtype : undefined);
    }),
    new TorchGlobal("torch._utils._rebuild_parameter", parameter),
    new TorchGlobal("torch._utils._rebuild_parameter_with_state", parameter),
    ...Object.entries(STORAGES).map(([name, dtype]) => new TorchGlobal(name, undefined, dtype)),
    ...Object.entries(DTYPES).map(([name, dtype]) => new TorchGlobal(name, undefined, dtype)),
  ];
  return new Map(names.map((one) => [one.name, one]));
}

/**
 * The storage of a persistent id: `("storage", type, key, device, size)`, in older files followed by a view that is None.
 * @param fail throws the error for another id
 */
export function torchStorage(id: unknown, fail: (reason: string) => never): TorchStorage {
  const [kind, type, key, , size, view = null] = Array.isArray(id) ? id : [];
  const isStorage = type instanceof TorchGlobal && Object.hasOwn(STORAGES, type.name);
  if (kind !== "storage" || !isStorage || typeof key !== "string" || !isSize(size) || view !== null)
    fail("it names something that is not a storage of tensors");
  return new TorchStorage(key, (type as TorchGlobal).dtype, size);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MAX_DIMENSIONS && value.every(isSize);
}
