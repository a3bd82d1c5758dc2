import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { resolveModel } from "../../src/hub/resolve-model.js";
import type { ModelKind } from "../../src/model-source/model-kind.js";
import { readSentenceTransformersJson } from "../../src/model-source/read-sentence-transformers-json.js";

describe("config_sentence_transformers.json", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "secondpass-json-"));
    cpSync(join(__dirname, "../fixtures/models/bert-cross-encoder/config.json"), join(folder, "config.json"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, json: unknown) => writeFileSync(join(folder, name), JSON.stringify(json));
  const read = async (kind: ModelKind) =>
    readSentenceTransformersJson(await resolveModel({ model: folder }), kind);

  it("is not read without a modules.json, as in sentence-transformers", async () => {
    write("config_sentence_transformers.json", { model_type: "CrossEncoder" });
    expect(await read("CrossEncoder")).toBeUndefined();
  });

  it.each<[ModelKind, ModelKind]>([
    ["CrossEncoder", "SentenceTransformer"],
    ["SentenceTransformer", "CrossEncoder"],
  ])("of a %s is not used by a %s", async (kind, other) => {
    write("modules.json", []);
    write("config_sentence_transformers.json", { model_type: kind, prompts: {} });
    expect(await read(kind)).toEqual({ model_type: kind, prompts: {} });
    expect(await read(other)).toBeUndefined();
  });

  it("means an embedding model if it names no kind or is missing", async () => {
    write("modules.json", []);
    expect(await read("SentenceTransformer")).toEqual({});
    expect(await read("CrossEncoder")).toBeUndefined();
    write("config_sentence_transformers.json", { prompts: {} });
    expect(await read("SentenceTransformer")).toEqual({ prompts: {} });
    expect(await read("CrossEncoder")).toBeUndefined();
  });
});
