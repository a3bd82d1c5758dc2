import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll } from "@jest/globals";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { readTensor } from "../../src/safetensors/read-tensor.js";
import { readWeightFile } from "../../src/weight-files/read-weight-file.js";
import { zip } from "../support/torch-file.js";

const root = mkdtempSync(join(tmpdir(), "torch-files-"));
afterAll(() => rmSync(root, { recursive: true }));

const GOLDEN = join(__dirname, "../goldens/files/torch-files.json");
const files = (JSON.parse(readFileSync(GOLDEN, "utf8")) as { cases: { file: string }[] }).cases.map(
  ({ file }) => gunzipSync(Buffer.from(file, "base64")),
);

/** A real file with some replaced bytes, or cut off. */
const changed = fc
  .record({
    file: fc.constantFrom(...files),
    changes: fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0xff)),
      ),
      { maxLength: 6 },
    ),
    kept: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ file, changes, kept }) => {
    const bytes = Buffer.from(file.subarray(0, Math.floor(file.length * kept)));
    for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
    return bytes;
  });

const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
/** Parts of pickles, in any order. */
const part = fc.oneof(
  fc.constantFrom(
    "}",
    "(",
    ")",
    "]",
    "u.",
    "t",
    "Q",
    "R",
    "b",
    "s",
    "a",
    "e",
    "N",
    "\x88",
    "0",
    "2",
    ".",
    "h\0",
    "q\0",
    "\x94",
    "\x85",
    "\x86",
    "\x87",
    "ctorch._utils\n_rebuild_tensor_v2\n",
    "ctorch._utils\n_rebuild_parameter\n",
    "ctorch\nFloatStorage\n",
    "ccollections\nOrderedDict\n",
    "ctorch\nSize\n",
    "cos\nsystem\n",
    "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f",
    "J\xff\xff\xff\xff",
    "J\xff\xff\xff\x7f",
  ),
  fc.nat(255).map((value) => `K${String.fromCharCode(value)}`),
  fc.constantFrom("a", "storage", "0", "cpu").map(text),
  fc.nat(255).map((value) => String.fromCharCode(value)),
);
const storage = fc
  .tuple(fc.constantFrom("FloatStorage", "LongStorage", "BoolStorage"), fc.nat(9))
  .map(
    ([type, size]) =>
      `(${text("storage")}ctorch\n${type}\n${text("0")}${text("cpu")}K${String.fromCharCode(size)}tQ`,
  );
const sizes = fc
  .array(fc.nat(9), { maxLength: 3 })
  .map((list) => `(${list.map((size) => `K${String.fromCharCode(size)}`).join("")}t`);
const tensor = fc
  .tuple(storage, fc.nat(9), sizes, sizes)
  .map(
    ([from, offset, shape, strides]) =>
      `ctorch._utils\n_rebuild_tensor_v2\n(${from}K${String.fromCharCode(offset)}${shape}${strides}\x89)tR`,
  );
const pickle = fc.oneof(
  fc.array(part, { maxLength: 30 }).map((parts) => `\x80\x02${parts.join("")}.`),
  fc
    .array(fc.tuple(fc.constantFrom("a", "b").map(text), fc.oneof(tensor, part)), { maxLength: 3 })
    .map((items) => `\x80\x02}(${items.flat().join("")}u.`),
);
const archive = fc.record({ pickle, data: fc.uint8Array({ maxLength: 64 }) }).map(({ pickle, data }) =>
  zip([
    ["a/data.pkl", Buffer.from(pickle, "latin1")],
    ["a/data/0", data],
  ]),
);

fuzz({
  name: "hf-runtime: files of torch.save",
  arbitrary: fc.oneof(changed, archive, fc.uint8Array({ maxLength: 64 })),
  shortRuns: 400,
  memoryMb: 256,
  run: async (file) => {
    const path = join(root, "pytorch_model.bin");
    writeFileSync(path, file);
    for (const tensor of await readWeightFile(path)) await readTensor(tensor);
  },
});
