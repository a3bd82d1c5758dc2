import { describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, unpacked } from "@secondpass/test-kit";
import { MalformedModelFileError } from "../../src/errors/malformed-model-file-error.js";
import { UnknownRouteError } from "../../src/errors/unknown-route-error.js";
import { identifyEncoder } from "../../src/identify-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const golden = kindGolden("embedders");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-5;
const TABLES = "router of two tables";
const BEHIND = "router after a transformer";
const names = Object.keys(golden.models).filter((name) => name.startsWith("router"));

const load = (model: string, options: object = {}) =>
  loadEncoder({ model, threads: 1, worker: false, ...options });
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

type Config = { structure: Record<string, string[]>; parameters: Record<string, unknown> };
const routerOf = (name: string, path = "router_config.json") =>
  structuredClone(golden.models[name]!.files[path]) as Config;

describe("A model with a Router", () => {
  it.each(names)("gives each task sentence-transformers' vectors: %s", async (name) => {
    await using model = await load(kindFolder(golden, name));
    for (const { task: given, rows } of golden.models[name]!.runs) {
      const task = given ?? undefined;
      const promptName = task && Object.hasOwn(model.prompts, task) ? task : undefined;
      const vectors = await model.embed(texts, { task, promptName });
      for (const [i, row] of rows.entries()) {
        expect(worst(vectors[i]!, unpacked(row as string))).toBeLessThan(TOLERANCE);
        const [alone] = await model.embed([texts[i]!], { task, promptName });
        expect(worst(alone!, vectors[i]!)).toBeLessThan(TOLERANCE);
      }
    }
  });

  it("computes a transformer that two routes share in one session", async () => {
    const steps: string[] = [];
    const onProgress = (event: { kind: string; step?: string }) => steps.push(event.step ?? event.kind);
    await using model = await load(kindFolder(golden, BEHIND), { onProgress });
    expect(steps.filter((step) => step === "session")).toHaveLength(1);
    expect(model.dimensions).toBe(6);
  });

  it("names the routes if a task has none", async () => {
    const only = routerOf(TABLES);
    only.structure = { doc: only.structure.document! };
    only.parameters = {};
    await using model = await load(kindFolder(golden, TABLES, { "router_config.json": only }));
    expect(await model.embed(["a"])).toHaveLength(1);
    await expect(model.embed(["a"], { task: "query" })).rejects.toThrow(UnknownRouteError);
    await expect(model.embed(["a"], { task: "query" })).rejects.toThrow('(doc), got "query"');
    only.parameters = { allow_empty_key: false };
    await expect(load(kindFolder(golden, TABLES, { "router_config.json": only }))).rejects.toThrow(
      "no task, and the model has no default route",
    );
  });

  it("takes the first route of a file that names no default, and the one for texts", async () => {
    const first = routerOf(TABLES);
    first.parameters = {};
    await using model = await load(kindFolder(golden, TABLES, { "router_config.json": first }));
    expect(await model.embed(texts)).toEqual(await model.embed(texts, { task: "query" }));
    const forTexts = routerOf(TABLES);
    forTexts.structure = { image: forTexts.structure.query!, text: forTexts.structure.document! };
    forTexts.parameters.default_route = "image";
    await using other = await load(kindFolder(golden, TABLES, { "router_config.json": forTexts }));
    expect(await other.embed(texts, { task: "query" })).toEqual(
      await model.embed(texts, { task: "document" }),
    );
  });

  it.each([
    ["an unknown default route", { parameters: { default_route: "other" } }],
    ["a mapping to an unknown route", { parameters: { route_mappings: { "('query', None)": "other" } } }],
    ["a module without a type", { structure: { query: ["query_9_Dense"] } }],
    ["a route that is not a list", { structure: { query: "query_0_StaticEmbedding" } }],
    ["no structure", { structure: undefined }],
  ])("throws for a file with %s", async (_, change) => {
    const config = { ...routerOf(TABLES), ...change };
    await expect(load(kindFolder(golden, TABLES, { "router_config.json": config }))).rejects.toThrow(
      MalformedModelFileError,
    );
  });

  it("throws for endlessly nested Routers", async () => {
    const config = routerOf(TABLES) as Config & { types: Record<string, string> };
    config.types["."] = "sentence_transformers.base.modules.router.Router";
    config.structure = { query: ["."] };
    config.parameters = {};
    await expect(load(kindFolder(golden, TABLES, { "router_config.json": config }))).rejects.toThrow(
      "nested Routers",
    );
  });

  it("has a fingerprint over the files of all its routes", async () => {
    const folder = kindFolder(golden, TABLES);
    const same = kindFolder(golden, TABLES);
    const { fingerprint, normalizes } = await identifyEncoder({ model: folder });
    expect(normalizes).toBe(true);
    expect((await identifyEncoder({ model: same })).fingerprint).toBe(fingerprint);
    const tokenizer = {
      "query_0_StaticEmbedding/tokenizer.json": { ...(golden.files.wordpiece as object), version: "1.1" },
    };
    const other = kindFolder(golden, TABLES, tokenizer);
    expect((await identifyEncoder({ model: other })).fingerprint).not.toBe(fingerprint);
  });
});
