import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelCache } from "@secondpass/hf-runtime";
import { lastingModelName } from "../corpus/model-path.js";

/**
 * Lists the rerankers that the page offers: the named ones, the one that comes with the package, and the downloaded ones. Does not query the hub.
 *
 * @param named the default first
 */
export async function rerankerNames(named: readonly string[], cache: ModelCache): Promise<string[]> {
  const names = await Promise.all(named.map(lastingModelName));
  const downloaded: string[] = [];
  for (const { model, revisions } of await cache.list()) {
    for (const { commit, isComplete } of revisions) {
      const folder = `models--${model.replaceAll("/", "--")}`;
      const config = join(cache.cacheDir, folder, "snapshots", commit, "config.json");
      if (isComplete && (await isReranker(config))) downloaded.push(model);
    }
  }
  return [...new Set([...names, "mini-reranker", ...downloaded])];
}

/** Whether a model's head gives scores. Rerankers built from a language model look like one, and so have to be named. */
async function isReranker(config: string): Promise<boolean> {
  try {
    const { architectures } = JSON.parse(await readFile(config, "utf8")) as { architectures?: unknown };
    return (
      Array.isArray(architectures) && architectures.some((name) => /ForSequenceClassification$/.test(name))
    );
  } catch {
    return false;
  }
}
