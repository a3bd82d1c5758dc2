import { createHash } from "node:crypto";
import type { EncoderIdentity } from "./contracts/encoder-identity.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { cachedCopy } from "./hub/cached-copy.js";
import { className } from "./model-source/class-name.js";
import { modelFingerprint } from "./model-source/model-fingerprint.js";
import type { EmbeddingConfig } from "./models/embedding-config.js";
import type { ModelLists } from "./read-model-lists.js";

/** The files and settings of an embedding model. */
export interface EncoderFiles extends Omit<ModelLists, "placeOf"> {
  readonly settings: EmbeddingConfig;
}

/** Describes an embedding model by its files. Nothing is downloaded: the fingerprint only uses files on this machine. */
export async function encoderIdentity(
  { files, entries, lists, settings }: EncoderFiles,
  options: LoadOptions,
): Promise<EncoderIdentity> {
  const { prompts, defaultPromptName, truncateDim } = settings;
  return {
    repository: files.commit === undefined ? undefined : files.model,
    commit: files.commit,
    fingerprint: await fingerprintOf({ files, entries, lists }, options),
    prompts: { prompts, defaultPromptName },
    // A truncated vector no longer has length 1.
    normalizes: lists.every(endsNormalized) && truncateDim === undefined,
  };
}

function endsNormalized(list: ModelLists["lists"][number]): boolean {
  const last = list.at(-1);
  return last !== undefined && className(last.type) === "Normalize";
}

/** The model's fingerprint; undefined if files are missing or unreadable, because the other properties are known anyway. */
async function fingerprintOf(
  { files, entries, lists }: Omit<ModelLists, "placeOf">,
  options: LoadOptions,
): Promise<string | undefined> {
  const all = [...entries, ...lists.flat()];
  const folders = all.length === 0 ? [""] : [...new Set(all.map(({ path }) => path))];
  try {
    const present = await cachedCopy(files, options);
    const fingerprint = present && (await modelFingerprint(files, folders, present));
    const { pooling } = options;
    return fingerprint && pooling !== undefined ? withPooling(fingerprint, pooling) : fingerprint;
  } catch {
    return undefined;
  }
}

/** Adds the pooling option to a fingerprint, because the same files give other vectors with another pooling. */
function withPooling(fingerprint: string, pooling: NonNullable<LoadOptions["pooling"]>): string {
  return createHash("sha256")
    .update(`${fingerprint} ${[pooling].flat().join(" ")}`)
    .digest("hex");
}
