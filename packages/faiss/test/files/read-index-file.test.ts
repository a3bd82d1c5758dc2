import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  FaissFormatError,
  IndexFileError,
  IndexFlatL2,
  InvalidArgumentError,
  readIndexFile,
  writeIndex,
} from "../../src/index.js";

describe("readIndexFile", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-file-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("reads what `writeIndex` wrote", async () => {
    const index = new IndexFlatL2(2);
    await index.add(Float32Array.of(1, 2, 3, 4));
    await writeFile(join(directory, "index.faiss"), writeIndex(index));
    expect((await readIndexFile(join(directory, "index.faiss"))).reconstruct(1)).toEqual(
      Float32Array.of(3, 4),
    );
  });

  it("names the file and gives advice if it is missing", async () => {
    const path = join(directory, "missing.faiss");
    const error = await readIndexFile(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(IndexFileError);
    expect(error).toMatchObject({ path, cause: { code: "ENOENT" } });
    expect(String(error)).toContain(path);
    expect(String(error)).toContain("writeIndex");
  });

  it("recommends FaissStore.load for a folder", async () => {
    await expect(readIndexFile(directory)).rejects.toThrow("FaissStore.load");
    await expect(readIndexFile(directory)).rejects.toThrow(IndexFileError);
  });

  it("throws for an empty file", async () => {
    await writeFile(join(directory, "empty"), "");
    await expect(readIndexFile(join(directory, "empty"))).rejects.toThrow(FaissFormatError);
  });

  it("explains what is wrong with a path", async () => {
    const loop = join(directory, "loop");
    await symlink(loop, loop);
    await writeFile(join(directory, "file"), "x");
    for (const path of [
      loop,
      join(directory, "file", "inside"),
      `${directory}/${"x".repeat(5000)}`,
      "a\0b",
      "",
    ]) {
      await expect(readIndexFile(path)).rejects.toThrow(IndexFileError);
    }
    for (const path of [undefined, null, 7, {}]) {
      await expect(readIndexFile(path as unknown as string)).rejects.toThrow(InvalidArgumentError);
    }
  });

  it("does not wait for a writer of a pipe", async () => {
    if (process.platform === "win32") return;
    const pipe = join(directory, "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(readIndexFile(pipe)).rejects.toThrow("it is not a file");
  });
});
