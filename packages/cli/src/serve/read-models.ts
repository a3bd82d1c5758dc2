import { basename, resolve } from "node:path";
import { nearestName } from "@secondpass/core";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { UsageError } from "../errors/usage-error.js";
import type { ModelSetting } from "./serve-settings.js";

/** Default models: the two that come with the package. */
const MINI_MODELS: readonly Omit<ModelSetting, "aliases">[] = [
  { kind: "reranker", name: "mini-reranker", model: RERANKER_PATH },
  { kind: "embedder", name: "mini-embedder", model: EMBEDDER_PATH },
];

/**
 * Reads the models that the options name, with their aliases.
 *
 * @param aliases [ALIAS=NAME]
 * @throws {UsageError} if a word is invalid, a name is taken, or an alias names no model
 */
export function readModels(
  rerankers: readonly string[],
  embedders: readonly string[],
  aliases: readonly string[],
): ModelSetting[] {
  const named = [
    ...rerankers.map((word) => ({ kind: "reranker" as const, ...readModel(word, "--model") })),
    ...embedders.map((word) => ({ kind: "embedder" as const, ...readModel(word, "--embedder") })),
  ];
  const models = named.length > 0 ? named : MINI_MODELS;
  const names = models.map(({ name }) => name);
  const taken = new Set<string>();
  const take = (name: string) => {
    if (taken.has(name)) {
      throw new UsageError(
        `Expected each model to have a unique name, got "${name}" twice. Give one as NAME=ID.`,
      );
    }
    taken.add(name);
  };
  names.forEach(take);
  const pairs = aliases.map((word) => {
    const [, alias, name] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (alias === undefined || name === undefined)
      throw new UsageError(`Expected --alias ALIAS=NAME, got "${word}".`);
    if (!names.includes(name)) {
      const nearest = nearestName(name, names);
      throw new UsageError(
        `Expected --alias ${alias}=NAME to name one of ${names.join(", ")}, got "${name}".${nearest ? ` Did you mean ${nearest}?` : ""}`,
      );
    }
    take(alias);
    return { alias, name };
  });
  return models.map((model) => ({
    ...model,
    aliases: pairs.filter(({ name }) => name === model.name).map(({ alias }) => alias),
  }));
}

/** Reads `NAME=ID`, or an id or folder without a name: a hub id is its own name, a folder is named after its last part. */
function readModel(word: string, flag: string): { readonly name: string; readonly model: string } {
  const [, given, rest] = /^([^=/\\]+)=(.*)$/.exec(word) ?? [];
  const model = rest ?? word;
  if (model.trim() === "") throw new UsageError(`Expected ${flag} [NAME=]ID|FOLDER, got "${word}".`);
  const isPath = /^(\.{0,2}[/\\]|~|[A-Za-z]:[/\\])|[/\\]$/.test(model) || model === "." || model === "..";
  return { name: given ?? (isPath ? basename(resolve(model)) : model), model };
}
