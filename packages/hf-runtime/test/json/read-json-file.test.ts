import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { string } from "valibot";
import { objectOf } from "../../src/json/object-of.js";
import { readJsonFile } from "../../src/json/read-json-file.js";

const root = mkdtempSync(join(tmpdir(), "read-json-"));
afterAll(() => rmSync(root, { recursive: true }));

const file = join(root, "config.json");
const read = (content: string | Uint8Array) => {
  writeFileSync(file, content);
  return readJsonFile("acme/model", "config.json", file, objectOf({ a: string() }));
};

describe("readJsonFile", () => {
  it.each<[name: string, content: string | Uint8Array, expected: string]>([
    ["nothing", "", "JSON"],
    ["a cut file", '{"a": "b', "JSON"],
    ["UTF-16", Buffer.from('\uFEFF{"a": "b"}', "utf16le"), "UTF-8"],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), "UTF-8"],
    ["zero bytes", new Uint8Array(100), "JSON"],
    ["two values", '{"a": "b"} {}', "JSON"],
    ["a list nested 100,000 deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "an object"],
    ["a list that is never closed", "[".repeat(100_000), "JSON"],
  ])("throws for %s", async (_, content, expected) => {
    await expect(read(content)).rejects.toMatchObject({
      name: "MalformedModelFileError",
      path: "config.json",
      expected,
    });
  });

  it("skips a byte order mark, and takes the last of two equal keys, as Python does", async () => {
    await expect(read('\uFEFF{"a": 1, "a": "b"}')).resolves.toEqual({ a: "b" });
  });

  it("keeps a deeply nested value that nothing reads", async () => {
    await expect(read(`{"a": "b", "c": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`)).resolves.toHaveProperty(
      "a",
      "b",
    );
  });

  it("does not read a file that is too large for a model's JSON", async () => {
    await read('{"a": "b"}');
    truncateSync(file, 2 ** 31);
    await expect(
      readJsonFile("acme/model", "config.json", file, objectOf({ a: string() })),
    ).rejects.toMatchObject({ name: "MalformedModelFileError", got: "2147483648 bytes" });
  });
});
