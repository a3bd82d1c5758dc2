import type { ModelFiles } from "../model-source/model-files.js";

/**
 * The configuration of a module that modules.json names. It has one in every repository; a cache filled in part may lack it, and
 * defaults in its place would give other vectors.
 * @throws ModelFileNotFoundError
 */
export async function readModuleJson<Json>(files: ModelFiles, folder: string): Promise<Json> {
  const path = `${folder}/config.json`;
  const json = await files.readJson<Json>(path);
  if (json === undefined) await files.localPath(path); // Throws what there is to say.
  return json as Json;
}
