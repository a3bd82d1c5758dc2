import type { LoadOptions } from "../contracts/load-options.js";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { ModelCacheError } from "../errors/model-cache-error.js";
import { ModelNotCachedError } from "../errors/model-not-cached-error.js";
import { repositoryPath } from "../model-source/repository-path.js";
import { CacheLayout } from "./cache-layout.js";
import { CachedModelFiles } from "./cached-model-files.js";
import { HubClient } from "./hub-client.js";
import { HubModelFiles } from "./hub-model-files.js";
import { fetchRevision, type HubRevision } from "./hub-revision.js";
import type { HubSettings } from "./hub-settings.js";
import { withModelCache } from "./with-model-cache.js";
import { writeRef } from "./write-ref.js";

const GO_ONLINE =
  "No request was sent to the hub: load the model once while online, without the option localFilesOnly and without HF_HUB_OFFLINE.";

/**
 * Opens a hub repository. It requests the revision's commit once, so that all files come from the same commit.
 * If the hub cannot be reached, the cached files of that revision are used, with a warning: immediately if they look complete, else after
 * some attempts. They are also used if the hub has a newer commit and the cache cannot be written.
 * @param folder the folder that the model's name would be as a path, for messages
 * @throws ModelNotCachedError offline; RepositoryNotFoundError, RepositoryAccessError, RevisionNotFoundError, HubNetworkError,
 *   ModelCacheError
 */
export async function openHubModel(
  options: Pick<LoadOptions, "model" | "revision" | "onProgress" | "signal">,
  settings: HubSettings,
  folder: string,
): Promise<HubModelFiles | CachedModelFiles> {
  const { model, signal } = options;
  const onProgress = options.onProgress || undefined;
  const revision = repositoryPath(options.revision ?? "main");
  const cache = new CacheLayout(settings.cacheDir, model);
  if (settings.offline) {
    const cached = await CachedModelFiles.find(cache, revision, GO_ONLINE);
    if (!cached) throw new ModelNotCachedError(model, revision, settings.cacheDir, folder);
    return cached;
  }
  const client = new HubClient(settings);
  const whenMissing = `The cache may lack it because ${client.host} could not be reached: load the model once when it can.`;
  const cached = await CachedModelFiles.find(cache, revision, whenMissing);
  // Wait for the hub only if its files are needed.
  const isComplete = (await cached?.isComplete().catch(() => false)) ?? false;
  const query = { model, revision, folder, hasToken: settings.token !== undefined, signal };
  const useCached = (files: CachedModelFiles, reason: string): CachedModelFiles => {
    process.emitWarning(
      `${reason}; using what the cache has of "${model}" at commit ${files.commit}.`,
      "SecondpassOfflineWarning",
    );
    return files;
  };
  let found: HubRevision;
  try {
    found = await fetchRevision(client, { ...query, patient: !isComplete });
  } catch (error) {
    if (!(error instanceof HubNetworkError) || !cached) throw error;
    return useCached(cached, `${error.host} ${error.problem}`);
  }
  const ref = cache.ref(revision);
  try {
    if (found.commit !== revision) await withModelCache(cache, () => writeRef(ref, found.commit));
  } catch (error) {
    if (!(error instanceof ModelCacheError)) throw error;
    // Use an older commit only if the newer one cannot be stored. Otherwise each file shows later whether it is in the cache.
    if (cached && isComplete && cached.commit !== found.commit) return useCached(cached, error.message);
  }
  return new HubModelFiles({ client, cache, query, symlinks: settings.symlinks, onProgress }, found);
}
