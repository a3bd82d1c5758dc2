import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { fileFingerprint } from "../../src/model-source/file-fingerprint.js";
import { editTensor } from "../support/edit-tensor.js";

const folder = mkdtempSync(join(tmpdir(), "secondpass-fingerprint-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A safetensors file with tensors of zeros that have these lengths in bytes. */
function weights(name: string, lengths: readonly number[]): string {
  let end = 0;
  const tensors = lengths.map((length, i) => {
    end += length;
    return [`t${i}`, { dtype: "F32", shape: [length / 4], data_offsets: [end - length, end] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries(tensors));
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([size, header, Buffer.alloc(end)]));
  return path;
}

describe("fileFingerprint", () => {
  it("depends on every byte of a small file, and on its length", async () => {
    const path = join(folder, "small");
    const seen = new Set<string>();
    for (const content of ["", "a", "b", "ab", "ab\n"]) {
      writeFileSync(path, content);
      seen.add(await fileFingerprint(path));
    }
    expect(seen.size).toBe(5);
  });

  it("depends on every tensor in a large file, however small the tensor is", async () => {
    const lengths = [4, 7_000_000, 64, 3_000_000, 128];
    const original = weights("large.safetensors", lengths);
    const seen = new Set([await fileFingerprint(original)]);
    for (const i of lengths.keys()) {
      const copy = join(folder, `changed-${i}.safetensors`);
      copyFileSync(original, copy);
      // Training changes a whole tensor.
      editTensor(copy, `t${i}`, (bytes) => bytes.fill(1));
      seen.add(await fileFingerprint(copy));
    }
    expect(seen.size).toBe(lengths.length + 1);
  });

  it("samples a large file of another kind from its start to its end", async () => {
    const path = join(folder, "large.onnx");
    const bytes = Buffer.alloc(10_000_000);
    const seen = new Set<string>();
    for (const at of [0, 1_000_000, 5_000_000, bytes.length - 1]) {
      bytes.fill(1, at, Math.min(bytes.length, at + 50_000));
      writeFileSync(path, bytes);
      seen.add(await fileFingerprint(path));
    }
    expect(seen.size).toBe(4);
  });
});
