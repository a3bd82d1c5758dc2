import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import type { ModelEntry } from "./models/model-entry.js";
import type { RerankServerOptions } from "./rerank-server-options.js";

const ENTRY_OPTIONS = ["name", "aliases", "reranker", "embedder"] as const;

/**
 * Reads the models of a server from the options `model` or `models`.
 *
 * @throws {InvalidOptionError} if there are none, if one is neither a model nor a function, or if two have the same name
 * @throws {UnknownOptionError} if an entry has an unknown option
 */
export function readModels({
  model,
  models,
}: Pick<RerankServerOptions, "model" | "models">): readonly ModelEntry[] {
  if (models === undefined || model !== undefined) {
    if (models !== undefined) throw new InvalidOptionError("model", "missing if `models` is given", model);
    if (!isLoadable(model, "logits")) {
      throw new InvalidOptionError("model", "a loaded cross-encoder, or a function that loads one", model);
    }
    return [{ reranker: model }] as readonly ModelEntry[];
  }
  if (!Array.isArray(models) || models.length === 0) {
    throw new InvalidOptionError("models", "a list of at least one model", models);
  }
  const names = new Set<string>();
  for (const [index, entry] of models.entries()) {
    checkEntry(entry, `models[${index}]`);
    for (const name of [entry.name, ...(entry.aliases ?? [])]) {
      if (name === undefined) continue;
      if (names.has(name))
        throw new InvalidOptionError(`models[${index}]`, "a name that no other model has", name);
      names.add(name);
    }
  }
  return models;
}

function checkEntry(entry: ModelEntry, where: string): void {
  if (typeof entry !== "object" || entry === null) {
    throw new InvalidOptionError(where, "{name, reranker} or {name, embedder}", entry);
  }
  checkKnownOptions(entry, ENTRY_OPTIONS, `${where} of createRerankServer`);
  const { name, aliases = [], reranker, embedder } = entry;
  if (name !== undefined && !isName(name))
    throw new InvalidOptionError(`${where}.name`, "a text with letters", name);
  if (!Array.isArray(aliases) || !aliases.every(isName)) {
    throw new InvalidOptionError(`${where}.aliases`, "a list of names", aliases);
  }
  const isOne =
    reranker === undefined
      ? isLoadable(embedder, "embed")
      : embedder === undefined && isLoadable(reranker, "logits");
  if (isOne) return;
  const expected = "either `reranker` or `embedder`: a loaded model, or a function that loads one";
  throw new InvalidOptionError(where, expected, entry);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isLoadable(value: unknown, method: "logits" | "embed"): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function";
}
