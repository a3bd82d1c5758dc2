import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

/** The models that come with the package, by their short names. */
const MINI_MODELS: Readonly<Record<string, string>> = {
  "mini-embedder": EMBEDDER_PATH,
  "mini-reranker": RERANKER_PATH,
};

/** Returns what the runtime loads for a model's name: the folder of a mini model; other names unchanged. */
export function modelPath(model: string): string {
  return Object.hasOwn(MINI_MODELS, model) ? (MINI_MODELS[model] as string) : model;
}

/** Returns a model name that does not depend on the working folder: a folder's absolute path; other names unchanged. */
export async function lastingModelName(model: string): Promise<string> {
  if (Object.hasOwn(MINI_MODELS, model)) return model;
  const path = resolve(model.replace(/^~(?=$|[/\\])/, homedir()));
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return isFolder ? path : model;
}
