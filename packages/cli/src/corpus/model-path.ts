import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

/** The models that come with the package, by the names that stand for them. */
const MINI_MODELS: Readonly<Record<string, string>> = {
  "mini-embedder": EMBEDDER_PATH,
  "mini-reranker": RERANKER_PATH,
};

/** What the runtime loads for the name of a model: the folder of a mini model; other names as they are. */
export function modelPath(model: string): string {
  return Object.hasOwn(MINI_MODELS, model) ? (MINI_MODELS[model] as string) : model;
}

/** A name of a model that means the same from every working folder: a folder's absolute path; other names as they are. */
export async function lastingModelName(model: string): Promise<string> {
  if (Object.hasOwn(MINI_MODELS, model)) return model;
  const path = resolve(model.replace(/^~(?=$|[/\\])/, homedir()));
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return isFolder ? path : model;
}
