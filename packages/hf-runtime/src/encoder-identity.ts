import type { EncoderIdentity } from "./contracts/encoder-identity.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { cachedCopy } from "./hub/cached-copy.js";
import { className } from "./model-source/class-name.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { modelFingerprint } from "./model-source/model-fingerprint.js";
import type { EmbeddingConfig } from "./models/embedding-config.js";
import type { ModuleJson } from "./modules/config/modules-json.js";

/** What the files of an embedding model say of themselves. */
export interface EncoderFiles {
  readonly files: ModelFiles;
  /** What modules.json lists. */
  readonly entries: readonly ModuleJson[];
  readonly settings: EmbeddingConfig;
}

/** Describes an embedding model by its files. Downloads nothing: a fingerprint takes files that are on this machine. */
export async function encoderIdentity(
  { files, entries, settings }: EncoderFiles,
  options: LoadOptions,
): Promise<EncoderIdentity> {
  const { prompts, defaultPromptName, truncateDim } = settings;
  const last = entries.at(-1);
  return {
    repository: files.commit === undefined ? undefined : files.model,
    commit: files.commit,
    fingerprint: await fingerprintOf(files, entries, options),
    prompts: { prompts, defaultPromptName },
    // A vector that is cut has no longer length 1.
    normalizes: last !== undefined && className(last.type) === "Normalize" && truncateDim === undefined,
  };
}

/** Files may be unreadable or have gone; everything else is known all the same. */
async function fingerprintOf(
  files: ModelFiles,
  entries: readonly ModuleJson[],
  options: LoadOptions,
): Promise<string | undefined> {
  const folders = entries.length === 0 ? [""] : [...new Set(entries.map(({ path }) => path))];
  try {
    const present = await cachedCopy(files, options);
    return present && (await modelFingerprint(files, folders, present));
  } catch {
    return undefined;
  }
}
