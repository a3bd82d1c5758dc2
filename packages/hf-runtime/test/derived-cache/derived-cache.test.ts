import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { DerivedCache } from "../../src/derived-cache/derived-cache.js";
import { isIntact } from "../../src/derived-cache/is-intact.js";
import { readIntact } from "../../src/derived-cache/read-intact.js";

const KIND = { folder: "tests", prefix: "secondpass-test-", extension: ".bin" };
const fingerprint = (digit: string) => digit.repeat(64);
const nameOf = (digit: string) => `${KIND.prefix}${digit.repeat(24)}${KIND.extension}`;

let root: string;
let source: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "secondpass-derived-"));
  source = join(root, "model", "model.safetensors");
  await mkdir(dirname(source));
  await writeFile(source, "weights");
  process.env.XDG_CACHE_HOME = join(root, "home");
});
const home = process.env.XDG_CACHE_HOME;
afterEach(async () => {
  if (home === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = home;
  await rm(root, { recursive: true, force: true });
});

const cacheOf = (digit: string, folder?: string) =>
  new DerivedCache(KIND, [source], fingerprint(digit), folder);
const content = Buffer.from(Uint8Array.from({ length: 5000 }, (_, index) => index * 7));
const keep = (digit: string, folder?: string) =>
  cacheOf(digit, folder).write((trailer) => [content, trailer]);
const beside = async () => (await readdir(dirname(source))).sort();

describe("DerivedCache", () => {
  it("returns what was written", async () => {
    await keep("a");
    const found = await cacheOf("a").find(readIntact);
    expect(Buffer.from(found!).subarray(0, content.length)).toEqual(content);
    expect(await cacheOf("b").find(readIntact)).toBeUndefined();
    expect(await beside()).toEqual(["model.safetensors", nameOf("a")]);
  });

  it("writes each piece before the next is made", async () => {
    const written: number[] = [];
    await cacheOf("a").write(async function* (trailer) {
      for (let i = 0; i < 3; i++) {
        const [temporary] = (await beside()).filter((name) => name !== "model.safetensors");
        written.push((await stat(join(dirname(source), temporary!))).size);
        yield content;
      }
      yield trailer;
    });
    expect(written).toEqual([0, content.length, 2 * content.length]);
    expect(Buffer.from((await cacheOf("a").find(readIntact))!).subarray(0, content.length)).toEqual(content);
  });

  it("throws what making a piece throws, and leaves nothing behind", async () => {
    const reason = new Error("no number");
    const writing = cacheOf("a").write(async function* () {
      yield content;
      throw reason;
    });
    await expect(writing).rejects.toBe(reason);
    expect(await beside()).toEqual(["model.safetensors"]);
    await expect(readdir(join(root, "home"))).rejects.toThrow("ENOENT");
  });

  it("does not read a damaged file, whatever the damage", async () => {
    await keep("a");
    const file = join(dirname(source), nameOf("a"));
    const whole = await readFile(file);
    const at = fc.nat({ max: whole.length - 1 });
    const damage = fc.oneof(
      at.map((cut) => whole.subarray(0, cut)),
      fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([index, bits]) => {
        const copy = Buffer.from(whole);
        copy[index]! ^= bits;
        return copy;
      }),
      fc
        .tuple(at, at)
        .map(([one, other]) => Buffer.from(whole).fill(0, Math.min(one, other), Math.max(one, other) + 1)),
      fc.uint8Array({ minLength: 1, maxLength: 50 }).map((more) => Buffer.concat([whole, more])),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        fc.pre(!whole.equals(bytes));
        await writeFile(file, bytes);
        expect(await isIntact(file)).toBe(false);
        expect(await readIntact(file)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("detects damage in any piece of a file with several pieces", async () => {
    const cache = cacheOf("a");
    const large = Buffer.alloc(5_300_000, 3);
    await cache.write((trailer) => [large, trailer]);
    const file = join(dirname(source), nameOf("a"));
    expect(await isIntact(file)).toBe(true);
    const whole = await readFile(file);
    for (const at of [0, 1_048_575, 1_048_576, 3_000_000, 5_299_999]) {
      const copy = Buffer.from(whole);
      copy[at] = 4;
      await writeFile(file, copy);
      expect(await isIntact(file)).toBe(false);
    }
  });

  it("does not treat a folder with the file's name as a file", async () => {
    await mkdir(join(dirname(source), nameOf("a")));
    expect(await cacheOf("a").find(readIntact)).toBeUndefined();
    await keep("a");
    // The name next to the model is taken, so the file is in the user's cache.
    expect(await readdir(join(root, "home", "secondpass", "tests"))).toEqual([nameOf("a")]);
    expect(await cacheOf("a").find(readIntact)).toBeDefined();
  });

  it("deletes only files whose sources have changed or are missing", async () => {
    await keep("a");
    await keep("b");
    expect(await beside()).toEqual(["model.safetensors", nameOf("a"), nameOf("b")]);
    await writeFile(source, "other weights");
    const others = [`${KIND.prefix}notes.bin`, "secondpass-other-aaaaaaaaaaaaaaaaaaaaaaaa.bin", nameOf("d")];
    for (const name of others) await writeFile(join(dirname(source), name), "not ours, or not readable");
    for (const [digit, json] of [
      ["e", "7"],
      ["f", "[null]"],
    ] as const) {
      const length = Buffer.from([json.length, 0, 0, 0]);
      await writeFile(
        join(dirname(source), nameOf(digit)),
        Buffer.concat([Buffer.from(json), length, Buffer.alloc(32)]),
      );
      others.push(nameOf(digit));
    }
    let meanwhile: string[] = [];
    await cacheOf("c").write(async function* (trailer) {
      meanwhile = await beside();
      yield* [content, trailer];
    });
    // The disk may be full of stale files.
    expect(meanwhile).not.toContain(nameOf("a"));
    expect(await beside()).toEqual(["model.safetensors", nameOf("c"), ...others].sort());
    await rm(source);
    await writeFile(join(root, "model", "new.safetensors"), "");
    await new DerivedCache(KIND, [join(root, "model", "new.safetensors")], fingerprint("0")).write((t) => [
      t,
    ]);
    expect(await beside()).toEqual(["new.safetensors", nameOf("0"), ...others].sort());
  });

  it("keeps a file whose source still exists, such as another revision's in a hub cache", async () => {
    const blobs = join(root, "models--a--b", "blobs");
    await mkdir(blobs, { recursive: true });
    for (const [blob, digit] of [
      ["old", "a"],
      ["new", "b"],
    ] as const) {
      await writeFile(join(blobs, blob), blob);
      await new DerivedCache(KIND, [join(blobs, blob)], fingerprint(digit)).write((t) => [t]);
    }
    const folder = join(root, "models--a--b", "secondpass");
    expect((await readdir(folder)).sort()).toEqual([nameOf("a"), nameOf("b")]);
    await rm(join(blobs, "old"));
    await new DerivedCache(KIND, [join(blobs, "new")], fingerprint("c")).write((t) => [t]);
    expect((await readdir(folder)).sort()).toEqual([nameOf("b"), nameOf("c")]);
  });

  it("deletes what a killed process left half-written, once it is an hour old", async () => {
    const [old, fresh] = ["old", "fresh"].map((id) => join(dirname(source), `${nameOf("a")}.${id}.tmp`));
    for (const file of [old!, fresh!]) await writeFile(file, "half");
    await utimes(old!, Date.now() / 1000 - 4000, Date.now() / 1000 - 4000);
    await keep("a");
    expect(await beside()).toEqual(["model.safetensors", nameOf("a"), `${nameOf("a")}.fresh.tmp`]);
  });

  it("writes nothing and does not fail if no folder is writable", async () => {
    await writeFile(join(root, "file"), "");
    const folder = join(root, "file", "below");
    await keep("a", folder);
    expect(await cacheOf("a", folder).find(readIntact)).toBeUndefined();
  });

  it("can be written by several processes at the same time", async () => {
    await Promise.all(Array.from({ length: 5 }, () => keep("a")));
    expect(await beside()).toEqual(["model.safetensors", nameOf("a")]);
    expect(await isIntact(join(dirname(source), nameOf("a")))).toBe(true);
    expect((await stat(source)).size).toBe("weights".length);
  });
});
