import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { readFloat32 } from "../../src/safetensors/read-float32.js";
import { readSafetensorsHeader } from "../../src/safetensors/read-safetensors-header.js";

const root = mkdtempSync(join(tmpdir(), "safetensors-"));
afterAll(() => rmSync(root, { recursive: true }));

const size = fc.oneof(fc.nat(8), fc.constantFrom<unknown>(-1, 0.5, 2 ** 31, 2 ** 53, 1e308, null, "4", []));
const entry = fc.record(
  {
    dtype: fc.constantFrom<unknown>("F32", "F16", "BF16", "I64", "F4", "BOOL", "X", "__proto__", 3, null),
    shape: fc.oneof(fc.array(fc.nat(4), { maxLength: 3 }), fc.array(size, { maxLength: 3 }), size),
    data_offsets: fc.oneof(fc.tuple(fc.nat(16), fc.nat(16)), fc.array(size, { maxLength: 3 }), size),
  },
  { requiredKeys: [] },
);
const name = fc.constantFrom("a", "b", "__metadata__", "constructor", "");
const json = fc.oneof(
  fc
    .dictionary(name, fc.oneof(entry, fc.jsonValue()), { maxKeys: 3 })
    .map((header) => JSON.stringify(header)),
  fc.json(),
  fc.string(),
);

/** The stated length of the file's header, usually the right one. */
const length = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

fuzz({
  name: "hf-runtime: safetensors files",
  arbitrary: fc.record({ json, length, data: fc.uint8Array({ maxLength: 32 }) }),
  shortRuns: 500,
  memoryMb: 256,
  run: async ({ json, length, data }) => {
    const header = Buffer.from(json);
    const prefix = Buffer.alloc(8);
    prefix.writeBigUInt64LE(length ?? BigInt(header.length));
    const file = join(root, "model.safetensors");
    writeFileSync(file, Buffer.concat([prefix, header, data]));
    for (const tensor of await readSafetensorsHeader(file)) {
      if (["F32", "F16", "BF16"].includes(tensor.dtype)) await readFloat32(tensor);
    }
  },
});
