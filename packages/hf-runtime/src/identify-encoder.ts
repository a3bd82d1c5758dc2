import { checkLoadOptions } from "./check-load-options.js";
import type { EncoderIdentity } from "./contracts/encoder-identity.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { encoderIdentity } from "./encoder-identity.js";
import { ModelNotFoundError } from "./errors/model-not-found-error.js";
import { hubId } from "./hub/hub-id.js";
import { isCommit } from "./hub/is-commit.js";
import { resolveModel } from "./hub/resolve-model.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { readSentenceTransformersJson } from "./model-source/read-sentence-transformers-json.js";
import { embeddingConfigOf } from "./models/embedding-config.js";
import { encoderEnd } from "./models/encoder-end.js";
import { readModelLists } from "./read-model-lists.js";

/** Longest wait for the hub. A caller that only identifies a model should not wait longer. */
const HUB_TIMEOUT_MS = 10_000;

/**
 * Describes an embedding model without loading it: its weights are not downloaded. If the hub does not answer within ten seconds, the cached files
 * are used; if there are none, only the model's id is known.
 * @throws UnknownOptionError, InvalidOptionError, ModelNotFoundError, MalformedModelFileError, or the signal's reason
 *
 * @example
 * const { repository, commit, prompts } = await identifyEncoder({ model: "intfloat/e5-small-v2" });
 */
export async function identifyEncoder(options: LoadOptions): Promise<EncoderIdentity> {
  checkLoadOptions(options, "identifyEncoder");
  const { signal: outer } = options;
  outer?.throwIfAborted();
  const timeout = AbortSignal.timeout(HUB_TIMEOUT_MS);
  const signal = outer ? AbortSignal.any([outer, timeout]) : timeout;
  let files: ModelFiles | undefined;
  try {
    files = await resolveModel({ ...options, signal, organization: encoderEnd.organization });
    const own = await readSentenceTransformersJson(files, encoderEnd.kind);
    const lists = await readModelLists(files, own !== undefined);
    return await encoderIdentity({ ...lists, settings: embeddingConfigOf(own ?? {}) }, options);
  } catch (error) {
    outer?.throwIfAborted();
    // Rethrow errors that the hub did not cause: an invalid name, and errors in a folder's files.
    if (error instanceof ModelNotFoundError || (files !== undefined && files.commit === undefined))
      throw error;
    if (signal.aborted && options.localFilesOnly !== true)
      return identifyEncoder({ ...options, localFilesOnly: true });
    const { model, revision } = options;
    return {
      repository: hubId(model, encoderEnd.organization),
      commit: files?.commit ?? (isCommit(revision) ? revision : undefined),
      fingerprint: undefined,
      prompts: undefined,
      normalizes: undefined,
    };
  }
}
