import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { LoadOptions } from "../contracts/load-options.js";
import { ModelNotFoundError } from "../errors/model-not-found-error.js";
import { LocalModelFiles } from "../model-source/local-model-files.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { isHubId } from "./cache-layout.js";
import { homeFolder } from "./home-folder.js";
import { hubId } from "./hub-id.js";
import { type HubSettings, hubSettings } from "./hub-settings.js";
import { openHubModel } from "./open-hub-model.js";

/** What {@link resolveModel} needs to know. */
export interface ResolveModelOptions extends LoadOptions {
  /** The hub's organisation of names that have none. @default none */
  readonly organization?: string;
}

/**
 * Finds a model's files: an existing folder wins (as in Python), anything else is read as a hub id, in the organisation if the name has none.
 * @param settings in place of what options and environment say, for tests
 * @throws ModelNotFoundError when it can be neither; what {@link openHubModel} throws for a hub id
 */
export async function resolveModel(
  options: ResolveModelOptions,
  settings: Partial<HubSettings> = {},
): Promise<ModelFiles> {
  options.signal?.throwIfAborted();
  const folder = resolve(options.model.replace(/^~(?=[/\\])/, homeFolder));
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (isFolder) return new LocalModelFiles(options.model, folder);
  const model = hubId(options.model, options.organization);
  if (!isHubId(model)) throw new ModelNotFoundError(options.model, folder);
  return openHubModel({ ...options, model }, { ...hubSettings(options), ...settings }, folder);
}
