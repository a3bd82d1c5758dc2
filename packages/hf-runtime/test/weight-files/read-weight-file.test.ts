import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { MalformedTorchFileError } from "../../src/errors/malformed-torch-file-error.js";
import { UnsupportedTorchFileError } from "../../src/errors/unsupported-torch-file-error.js";
import { fromBfloat16 } from "../../src/safetensors/from-bfloat16.js";
import { fromFloat16 } from "../../src/safetensors/from-float16.js";
import { readTensor } from "../../src/safetensors/read-tensor.js";
import type { TensorLocation } from "../../src/safetensors/tensor-location.js";
import { readWeightFile } from "../../src/weight-files/read-weight-file.js";
import { torchFile, zip } from "../support/torch-file.js";

interface TorchGolden {
  readonly name: string;
  /** Base64 of gzip. */
  readonly file: string;
  /** null if torch throws or finds something that is not a dict of tensors. */
  readonly tensors: Readonly<
    Record<string, { readonly dtype: string; readonly shape: number[]; readonly values: number[] }>
  > | null;
}

const GOLDEN = join(__dirname, "../goldens/files/torch-files.json");
const { cases } = JSON.parse(readFileSync(GOLDEN, "utf8")) as { readonly cases: readonly TorchGolden[] };
/** Files that torch reads but this package does not: they are not needed, and a small file could need any amount of memory. */
const REFUSED_HERE = ["repeated numbers"];

const NAMES: Readonly<Record<string, string>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  float8_e4m3fn: "F8_E4M3",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint8: "U8",
  uint16: "U16",
  bool: "BOOL",
};

const folder = mkdtempSync(join(tmpdir(), "torch-files-"));
const path = join(folder, "pytorch_model.bin");
afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: Uint8Array) => {
  writeFileSync(path, file);
  return readWeightFile(path);
};
const golden = (name: string) =>
  gunzipSync(Buffer.from(cases.find((one) => one.name === name)!.file, "base64"));

async function valuesOf(tensor: TensorLocation): Promise<number[] | undefined> {
  const { buffer } = await readTensor(tensor);
  const numbers = {
    F64: () => new Float64Array(buffer),
    F32: () => new Float32Array(buffer),
    F16: () => fromFloat16(new Uint16Array(buffer)),
    BF16: () => fromBfloat16(new Uint16Array(buffer)),
    I64: () => Float64Array.from(new BigInt64Array(buffer), Number),
    I32: () => new Int32Array(buffer),
    I16: () => new Int16Array(buffer),
    I8: () => new Int8Array(buffer),
    U8: () => new Uint8Array(buffer),
    U16: () => new Uint16Array(buffer),
    BOOL: () => new Uint8Array(buffer),
  }[tensor.dtype];
  return numbers && Array.from(numbers());
}

describe("a file of torch.save", () => {
  it.each(cases)("of $name gives what torch finds in it, or throws", async ({ name, file, tensors }) => {
    const reading = read(gunzipSync(Buffer.from(file, "base64")));
    if (tensors === null || REFUSED_HERE.includes(name)) {
      await expect(reading).rejects.toThrow(UnsupportedTorchFileError);
      return;
    }
    const found = await reading;
    expect(found.map(({ name }) => name)).toEqual(Object.keys(tensors));
    for (const tensor of found) {
      const { dtype, shape, values } = tensors[tensor.name]!;
      expect([tensor.dtype, tensor.shape]).toEqual([NAMES[dtype], shape]);
      expect((await valuesOf(tensor)) ?? values).toEqual(values);
    }
  });

  it("does not read the tensors, and gives tied ones the same location", async () => {
    const [first, second, third] = await read(golden("tied parameters"));
    expect(second).toEqual({ ...first, name: "second.weight" });
    expect(third).toEqual({ ...first, name: "third.weight" });
    expect(first!.file).toBe(path);
  });

  it("names parts that only Python can run, and says how to convert the file", async () => {
    await expect(read(golden("a function"))).rejects.toThrow(
      /it needs (__builtin__|builtins)\.print, which only Python can run.*save_file/,
    );
    await expect(read(golden("state dict inside a dict"))).rejects.toThrow(
      'its entry "state_dict" is a dict, not a tensor',
    );
  });

  it("throws if it is cut anywhere", async () => {
    for (const name of ["views", "views before 1.6"]) {
      const whole = golden(name);
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
          fc.pre(length >= 4);
          await expect(read(whole.subarray(0, length))).rejects.toThrow(MalformedTorchFileError);
        }),
        { numRuns: 60 },
      );
    }
  });

  it("throws for a tensor beyond its storage, and for entries that are compressed, overlap or are not tensors", async () => {
    const tensor = { name: "a", storage: "FloatStorage", bytes: new Uint8Array(16), shape: [4] };
    await expect(read(torchFile([{ ...tensor, shape: [5] }]))).rejects.toThrow(
      'tensor "a" ends at byte 20 of storage "0", which has 16',
    );
    await expect(read(torchFile([{ ...tensor, shape: [2], strides: [4] }]))).rejects.toThrow(
      "ends at byte 20",
    );
    await expect(read(zip([["archive/version", Buffer.from("3")]]))).rejects.toThrow("it has no data.pkl");
    const file = Buffer.from(torchFile([tensor]));
    const entries = places(file);
    const compressed = Buffer.from(file);
    compressed.writeUInt16LE(8, entries[2]! + 10);
    await expect(read(compressed)).rejects.toThrow("it is compressed or encrypted");
    const overlapping = Buffer.from(file);
    overlapping.writeUInt32LE(overlapping.readUInt32LE(entries[0]! + 42), entries[3]! + 42);
    await expect(read(overlapping)).rejects.toThrow(MalformedTorchFileError);
  });
});

/** Positions of the entries of an archive's directory. */
function places(file: Buffer): number[] {
  const found: number[] = [];
  for (
    let at = file.indexOf("PK\x01\x02", 0, "latin1");
    at >= 0;
    at = file.indexOf("PK\x01\x02", at + 1, "latin1")
  )
    found.push(at);
  return found;
}
