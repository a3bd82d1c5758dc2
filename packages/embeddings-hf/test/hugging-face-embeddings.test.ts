import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import type { ProgressEvent } from "@secondpass/hf-runtime";
import { embeddingsSuite } from "@secondpass/test-kit";
import { HuggingFaceEmbeddings, InvalidOptionError, type Prompts } from "../src/index.js";
import { FLOAT32_TOLERANCE, TinyModels } from "./tiny-models.js";

const models = new TinyModels();
afterAll(() => models.close());

const TEXT = "The Spree runs through Berlin.";
const length = (vector: readonly number[]) => Math.hypot(...vector);

describe("HuggingFaceEmbeddings", () => {
  describe("in this thread", () => {
    embeddingsSuite({
      create: () => models.open("bert-encoder"),
      dimensions: 32,
      batchTolerance: FLOAT32_TOLERANCE,
    });
  });

  describe("in a worker, one text at a time, with a dense layer", () => {
    embeddingsSuite({
      create: () => models.open("dense-tanh", { worker: true, batchSize: 1 }),
      dimensions: 16,
      batchTolerance: FLOAT32_TOLERANCE,
    });
  });

  it("uses Python's model by default, and loads nothing before it is needed", async () => {
    const loads: ProgressEvent[] = [];
    const embeddings = new HuggingFaceEmbeddings({
      localFilesOnly: true,
      cacheDir: "/nowhere",
      onProgress: (event) => void loads.push(event),
    });
    expect(embeddings.model).toBe("sentence-transformers/all-mpnet-base-v2");
    expect(await embeddings.embedDocuments([])).toEqual([]);
    expect(loads).toEqual([]);
    await expect(embeddings.embedQuery(TEXT)).rejects.toThrow("sentence-transformers/all-mpnet-base-v2");
  });

  it("loads once for many callers, and earlier with `load`", async () => {
    const loads: ProgressEvent[] = [];
    const embeddings = models.open("bert-encoder", {
      onProgress: (event) => {
        if (event.kind === "load" && event.step === "files") loads.push(event);
      },
    });
    await embeddings.load();
    await Promise.all([embeddings.embedQuery(TEXT), embeddings.embedDocuments([TEXT]), embeddings.load()]);
    expect(loads).toHaveLength(1);
  });

  it("tries a load that failed again", async () => {
    const folder = models.folder("not-there-yet");
    const embeddings = models.open("not-there-yet");
    await expect(embeddings.embedQuery(TEXT)).rejects.toThrow(folder);
    cpSync(models.folder("bert-encoder"), folder, { recursive: true });
    try {
      await expect(embeddings.embedQuery(TEXT)).resolves.toHaveLength(32);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("normalises only if the model does, or with `normalize`", async () => {
    const own = await models.open("pool-cls").embedQuery(TEXT);
    const unit = await models.open("pool-cls", { normalize: true }).embedQuery(TEXT);
    expect(length(own)).not.toBeCloseTo(1, 2);
    expect(length(unit)).toBeCloseTo(1, 6);
    unit.forEach((value, i) => void expect(value).toBeCloseTo((own[i] as number) / length(own), 6));
  });

  it("replaces newlines by spaces, unless `stripNewLines` is false", async () => {
    const lines = "The Spree\nruns through\n\nBerlin.";
    const embed = (text: string, stripNewLines?: boolean) =>
      models.open("roberta", { stripNewLines }).embedQuery(text);
    expect(await embed(lines)).toEqual(await embed(lines.replaceAll("\n", " ")));
    expect(await embed(lines, false)).not.toEqual(await embed(lines));
  });

  describe("with a model that has prompts for queries and for documents", () => {
    // Its prompts: query "what: " (the default one) and document "text: ".
    const open = (prompts?: Prompts) => models.open("prompts", { prompts });
    const bare = models.open("bert-encoder");

    it.each<[string, Prompts | undefined, string, string]>([
      ["its default for both, by default", undefined, "what: ", "what: "],
      ["its own for each role", "by-role", "what: ", "text: "],
      ["the named ones", { query: { name: "document" }, document: { name: "query" } }, "text: ", "what: "],
      ["the given texts", { query: "ask ", document: "" }, "ask ", ""],
      ["its default for a role that is left out", { document: "say " }, "what: ", "say "],
    ])("puts %s before them", async (_, prompts, beforeQuery, beforeDocument) => {
      const embeddings = open(prompts);
      expect(await embeddings.embedQuery(TEXT)).toEqual(await bare.embedQuery(beforeQuery + TEXT));
      expect(await embeddings.embedDocuments([TEXT])).toEqual(
        await bare.embedDocuments([beforeDocument + TEXT]),
      );
    });

    it("lists the prompts if the named one is unknown", async () => {
      const rejected = open({ query: { name: "question" } }).embedQuery(TEXT);
      await expect(rejected).rejects.toMatchObject({ name: "UnknownPromptError" });
      await expect(rejected).rejects.toThrow("document");
    });
  });

  it("puts nothing before texts by role if the model has no prompts", async () => {
    const byRole = models.open("bert-encoder", { prompts: "by-role" });
    expect(await byRole.embedQuery(TEXT)).toEqual(await models.open("bert-encoder").embedQuery(TEXT));
  });

  it("uses neither the default prompt nor one of another name by role, as encode_query and encode_document", async () => {
    const folder = mkdtempSync(join(tmpdir(), "prompts-"));
    try {
      cpSync(models.folder("bert-encoder"), folder, { recursive: true });
      const file = join(folder, "config_sentence_transformers.json");
      writeFileSync(
        file,
        JSON.stringify({ prompts: { passage: "p: ", any: "a: " }, default_prompt_name: "any" }),
      );
      const bare = models.open("bert-encoder");
      const byRole = models.open("bert-encoder", { model: folder, prompts: "by-role" });
      expect(await byRole.embedQuery(TEXT)).toEqual(await bare.embedQuery(TEXT));
      expect(await byRole.embedDocuments([TEXT])).toEqual(await bare.embedDocuments([TEXT]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reports progress over all batches, first to the listener of the call", async () => {
    const own: [number, number][] = [];
    const embeddings = models.open("bert-encoder", {
      batchSize: 2,
      onEmbedded: (done, total) => void own.push([done, total]),
    });
    await embeddings.embedDocuments(["a", "b", "c", "d", "e"]);
    expect(own).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
    const calls: number[] = [];
    await embeddings.embedDocuments(["a"], { onProgress: (done) => void calls.push(done) });
    expect(calls).toEqual([1]);
    expect(own).toHaveLength(3);
  });

  it("ends with the reason of a signal that is given to a call or bound", async () => {
    const embeddings = models.open("bert-encoder");
    const reason = new Error("changed my mind");
    const signal = AbortSignal.abort(reason);
    await expect(embeddings.embedQuery(TEXT, { signal })).rejects.toBe(reason);
    await expect(embeddings.embedDocuments([TEXT], { signal })).rejects.toBe(reason);
    await expect(embeddings.withSignal(signal).embedDocuments([TEXT])).rejects.toBe(reason);
    await expect(embeddings.withSignal(signal).embedQuery(TEXT)).rejects.toBe(reason);
    const alive = embeddings.withSignal(new AbortController().signal);
    expect(await alive.embedQuery(TEXT)).toEqual(await embeddings.embedQuery(TEXT));
  });

  it("reports texts that are longer than the model's limit, with one warning", async () => {
    const reports: unknown[] = [];
    const maxLength = 8;
    const told = models.open("bert-encoder", {
      maxLength,
      onTruncated: (report) => void reports.push(report),
    });
    const long = "a b c d e f g h i j k l";
    await told.embedDocuments(["a", long, "b"]);
    await told.embedDocuments(["a b c d e f"]);
    expect(reports).toEqual([
      { model: told.model, maxLength, texts: 3, cut: 1, share: expect.closeTo(6 / 20, 5) },
    ]);
    const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    const warned = models.open("bert-encoder", { maxLength });
    for (const texts of [["a"], [long, long], [long]]) await warned.embedDocuments(texts);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining("Of 2 texts 2 are longer: 43 % of all"), "SecondpassTruncationWarning"],
    ]);
    warn.mockRestore();
  });

  it("returns the share of a text that its vocabulary knows", async () => {
    const embeddings = models.open("bert-encoder");
    expect(await embeddings.knownShare("")).toBe(1);
    expect(await embeddings.knownShare("설치 안내서")).toBeLessThan(0.5);
    await expect(embeddings.knownShare(1 as never)).rejects.toThrow("a string");
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(embeddings.knownShare("설치", { signal })).rejects.toThrow("stop");
  });

  it("stops between batches when the signal aborts", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const embeddings = models.open("bert-encoder", { batchSize: 1 });
    const seen: number[] = [];
    const call = embeddings.embedDocuments(["a", "b", "c"], {
      signal: controller.signal,
      onProgress: (done) => {
        seen.push(done);
        controller.abort(reason);
      },
    });
    await expect(call).rejects.toBe(reason);
    expect(seen).toEqual([1]);
  });

  it("frees its model when it is disposed, also twice, and throws for later callers", async () => {
    const embeddings = models.open("bert-encoder");
    await embeddings.load();
    await embeddings.dispose();
    await embeddings[Symbol.asyncDispose]();
    await expect(embeddings.embedQuery(TEXT)).rejects.toMatchObject({ name: "SessionDisposedError" });
  });

  it("does not show the token when it is printed or serialised", () => {
    const embeddings = new HuggingFaceEmbeddings({ model: "a/b", token: "hf_secret" });
    expect(JSON.stringify(embeddings)).not.toContain("hf_secret");
  });

  it.each([
    ["batchSize", 0, "a positive integer, got 0"],
    ["batchSize", 1.5, "a positive integer, got 1.5"],
    ["prompts", "query", '"default", "by-role" or { query, document }, got "query"'],
  ])("rejects %s: %p", (option, value, message) => {
    const construct = () => new HuggingFaceEmbeddings({ [option]: value });
    expect(construct).toThrow(InvalidOptionError);
    expect(construct).toThrow(`Expected \`${option}\` to be ${message}.`);
  });
});
