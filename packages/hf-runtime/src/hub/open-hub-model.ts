import type { LoadOptions } from "../contracts/load-options.js";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { ModelNotCachedError } from "../errors/model-not-cached-error.js";
import { repositoryPath } from "../model-source/repository-path.js";
import { CacheLayout } from "./cache-layout.js";
import { CachedModelFiles } from "./cached-model-files.js";
import { HubClient } from "./hub-client.js";
import { HubModelFiles } from "./hub-model-files.js";
import { fetchRevision } from "./hub-revision.js";
import type { HubSettings } from "./hub-settings.js";
import { writeRef } from "./write-ref.js";

const GO_ONLINE =
  "The hub was not asked: load the model once while online, without the option localFilesOnly and without HF_HUB_OFFLINE.";

/**
 * Opens a hub repository: asks once which commit the revision stands for, so that all files come from the same one.
 * When the hub cannot be reached, what the cache knows of that revision is used, with a warning: at once where it looks
 * complete, else after some attempts.
 * @param folder the folder that the same text would name, for messages
 * @throws ModelNotCachedError offline; RepositoryNotFoundError, RepositoryAccessError, RevisionNotFoundError, HubNetworkError
 */
export async function openHubModel(
  options: Pick<LoadOptions, "model" | "revision" | "onProgress" | "signal">,
  settings: HubSettings,
  folder: string,
): Promise<HubModelFiles | CachedModelFiles> {
  const { model, signal, onProgress } = options;
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
  // Waiting for a hub is worth the time only to those who need it.
  const patient = !(await cached?.isComplete().catch(() => false));
  const query = { model, revision, folder, hasToken: settings.token !== undefined, patient, signal };
  try {
    const found = await fetchRevision(client, query);
    if (found.commit !== revision) await writeRef(cache.ref(revision), found.commit);
    return new HubModelFiles({ client, cache, query, symlinks: settings.symlinks, onProgress }, found);
  } catch (error) {
    if (!(error instanceof HubNetworkError) || !cached) throw error;
    process.emitWarning(
      `${error.host} ${error.problem}; using what the cache has of "${model}" at commit ${cached.commit}.`,
      "SecondpassOfflineWarning",
    );
    return cached;
  }
}
