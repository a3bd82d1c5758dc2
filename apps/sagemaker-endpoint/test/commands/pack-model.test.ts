import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { extract, type Header } from "tar-stream";
import { packModel } from "../../src/commands/pack-model.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pack-"));
  const model = join(folder, "model");
  await mkdir(join(model, "onnx"), { recursive: true });
  await mkdir(join(folder, "script"));
  await mkdir(join(folder, "blobs"));
  await writeFile(join(model, "config.json"), '{"num_labels": 1}');
  await writeFile(join(model, ".gitattributes"), "hidden");
  await writeFile(join(model, "onnx", "model.onnx"), Buffer.alloc(100_000, 7));
  await writeFile(join(folder, "blobs", "weights"), "weights");
  await symlink(join(folder, "blobs", "weights"), join(model, "model.safetensors"));
  await writeFile(join(folder, "script", "inference.py"), "pass");
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads every entry's header and content. */
async function read(file: string): Promise<{ header: Header; content: string }[]> {
  const entries: { header: Header; content: string }[] = [];
  const reader = extract();
  reader.end(gunzipSync(await readFile(file)));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.push({ header: entry.header, content: Buffer.concat(chunks).toString("utf8") });
  }
  return entries;
}

describe("pack", () => {
  it("writes files by name, links as files, no hidden ones, and the script under code/", async () => {
    const out = join(folder, "a.tar.gz");
    const packed = await packModel({ model: join(folder, "model"), out, script: join(folder, "script") });
    const entries = await read(out);
    expect(entries.map(({ header }) => header.name)).toEqual(packed.files);
    expect(packed.files).toEqual([
      "code/inference.py",
      "config.json",
      "model.safetensors",
      "onnx/model.onnx",
    ]);
    expect(entries.every(({ header }) => header.type === "file" && header.mtime?.getTime() === 0)).toBe(true);
    expect(entries[2]?.content).toBe("weights");
  });

  it("writes the same bytes for the same files, whenever they were written", async () => {
    const first = await packModel({ model: join(folder, "model"), out: join(folder, "b.tar.gz") });
    await utimes(join(folder, "model", "config.json"), new Date(1e12), new Date(1e12));
    const second = await packModel({ model: join(folder, "model"), out: join(folder, "c.tar.gz") });
    expect(second.sha256).toBe(first.sha256);
    // gzip's time and operating system are fixed values.
    expect([...(await readFile(second.file)).subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it("rejects a folder without a model and leaves no file behind", async () => {
    const out = join(folder, "none.tar.gz");
    await expect(packModel({ model: join(folder, "script"), out })).rejects.toThrow("config.json");
    await expect(readFile(out)).rejects.toThrow("ENOENT");
  });
});
