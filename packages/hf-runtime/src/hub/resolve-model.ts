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

/** Options of {@link resolveModel}. */
export interface ResolveModelOptions extends LoadOptions {
  /** Organisation on the hub for names that have none. @default none */
  readonly organization?: string;
}

/**
 * Finds a model's files. An existing folder has priority (as in Python); any other name is read as a hub id, with `organization` if it has none.
 * @param settings override the settings from options and environment, for tests
 * @throws ModelNotFoundError if the name is neither; for a hub id, what {@link openHubModel} throws
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
