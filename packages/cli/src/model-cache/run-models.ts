import { nearestName, SecondpassError } from "@secondpass/core";
import { ModelCache } from "@secondpass/hf-runtime";
import type { World } from "../contract/world.js";
import { downloadsOf } from "../corpus/model-progress.js";
import { CommandError } from "../errors/command-error.js";
import { UsageError } from "../errors/usage-error.js";
import { inFlags } from "../options/in-flags.js";
import { DownloadProgress } from "../terminal/download-progress.js";
import { interruptible } from "../terminal/interruptible.js";
import { confirm } from "./confirm.js";
import { downloadModel } from "./download-model.js";
import { modelLines } from "./model-lines.js";

/** The values of the options of `models`. */
export interface ModelsValues {
  readonly cache: string | undefined;
  readonly revision: string | undefined;
  readonly dtype: string | undefined;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Inputs of an action. */
interface Action {
  readonly cache: ModelCache;
  readonly ids: readonly string[];
  readonly values: ModelsValues;
  readonly world: World;
  readonly signal: AbortSignal;
}

const ACTIONS: Readonly<Record<string, (action: Action) => Promise<number>>> = {
  list,
  download,
  verify,
  remove,
};

/** Shows or changes the cache of models. @returns the exit code */
export async function runModels(
  values: ModelsValues,
  [name, ...ids]: readonly string[],
  world: World,
): Promise<number> {
  const known = Object.keys(ACTIONS);
  const action = name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (name === undefined || action === undefined) {
    const nearest = nearestName(name ?? "", known);
    const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new UsageError(`Expected one of ${known.join(", ")}, got ${name ?? "none"}.${advice}`);
  }
  const needsIds = action === download || action === remove;
  if (needsIds && ids.length === 0) throw new UsageError(`Expected models ${name} ID…, got no ID.`);
  if (action === list && ids.length > 0)
    throw new UsageError(`Expected models list alone, got ${ids.join(" ")}.`);
  const cache = new ModelCache({ ...(values.cache !== undefined && { cacheDir: values.cache }) });
  return interruptible(world, (signal) =>
    action({ cache, ids, values, world, signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : explained(error);
    }),
  );
}

async function list({ cache, values, world }: Action): Promise<number> {
  const found = await cache.list();
  if (values.json) world.stdout.write(`${JSON.stringify({ cache: cache.cacheDir, models: found })}\n`);
  else if (found.length === 0) world.stderr.write(`There are no models in ${cache.cacheDir}.\n`);
  else world.stdout.write(`${modelLines(found).join("\n")}\n`);
  return 0;
}

async function download({ cache, ids, values, world, signal }: Action): Promise<number> {
  const { revision, dtype } = values;
  const downloads = new DownloadProgress(world.stderr);
  for (const model of ids) {
    const kind = await downloadModel({
      model,
      cacheDir: cache.cacheDir,
      signal,
      onProgress: downloadsOf(model, downloads.show),
      ...(revision !== undefined && { revision }),
      ...(dtype !== undefined && { dtype }),
    }).finally(() => downloads.clear());
    world.stdout.write(
      `${model}: ${kind === "reranker" ? "a reranker" : "an embedder"}, ready for use offline\n`,
    );
  }
  return 0;
}

async function verify({ cache, ids, values, world, signal }: Action): Promise<number> {
  const { stdout, stderr } = world;
  const models =
    ids.length > 0 ? await knownModels(cache, ids) : (await cache.list()).map(({ model }) => model);
  let isSound = true;
  for (const model of models) {
    const files = await cache.verify(model, { signal });
    const wrong = files.filter(({ state }) => state === "damaged" || state === "missing");
    const unknown = files.filter(({ state }) => state === "unknown").length;
    if (wrong.length > 0) isSound = false;
    if (values.json) {
      stdout.write(`${JSON.stringify({ model, files })}\n`);
      continue;
    }
    for (const { path, commit, state } of wrong)
      stderr.write(`${model}: ${path} (${commit.slice(0, 8)}) is ${state}\n`);
    const counts = [`${files.length - wrong.length - unknown} of ${files.length} files intact`];
    if (unknown > 0) counts.push(`${unknown} without a known hash`);
    stdout.write(`${model}: ${counts.join(", ")}\n`);
  }
  if (!isSound && !values.json) {
    stderr.write(
      "Remove these models and download them again: secondpass models remove ID; secondpass models download ID\n",
    );
  }
  return isSound ? 0 : 1;
}

async function remove({ cache, ids, values, world, signal }: Action): Promise<number> {
  const models = await knownModels(cache, ids);
  if (!values.yes) {
    if (!world.stdin?.isTTY)
      throw new UsageError("Expected --yes to remove models without a terminal on which to confirm.");
    if (!(await confirm(`Remove ${models.join(", ")} from ${cache.cacheDir}?`, world))) return 1;
  }
  for (const model of models) {
    signal.throwIfAborted();
    await cache.remove(model);
    world.stdout.write(`${model}: removed\n`);
  }
  return 0;
}

/** Checks that the cache has the models. @throws {CommandError} for one that it does not have, before anything is done */
async function knownModels(cache: ModelCache, ids: readonly string[]): Promise<readonly string[]> {
  const known = (await cache.list()).map(({ model }) => model);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const nearest = nearestName(id, known);
    const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new CommandError(
      `There is no model ${id} in ${cache.cacheDir}.${advice} \`secondpass models list\` lists them.`,
    );
  }
  return [...new Set(ids)];
}

function explained(error: unknown): unknown {
  if (!SecondpassError.isInstance(error) || UsageError.isInstance(error) || CommandError.isInstance(error)) {
    return error;
  }
  const flags = {
    model: "ID",
    revision: "--revision",
    dtype: "--dtype",
    cacheDir: "--cache",
    localFilesOnly: "HF_HUB_OFFLINE",
    endpoint: "HF_ENDPOINT",
    token: "HF_TOKEN",
  };
  return new CommandError(inFlags(error.message, flags), { cause: error });
}
