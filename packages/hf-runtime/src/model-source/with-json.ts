import { checkJson } from "../json/check-json.js";
import { objectOf } from "../json/object-of.js";
import type { ModelFiles } from "./model-files.js";

/** A JSON file's content: an object with unknown keys. */
export type JsonSettings = Readonly<Record<string, unknown>>;

/** Makes the content that is read instead of a file's own. The argument is undefined if there is no file. */
export type JsonChange = (
  json: JsonSettings | undefined,
) => JsonSettings | undefined | Promise<JsonSettings | undefined>;

/** A model's files, some of whose JSON files are changed when they are read. @param changes by path */
export function withJson(files: ModelFiles, changes: Readonly<Record<string, JsonChange>>): ModelFiles {
  return {
    model: files.model,
    commit: files.commit,
    whenMissing: files.whenMissing,
    list: () => files.list(),
    has: (path) => files.has(path),
    localPath: (path) => files.localPath(path),
    notFound: (path) => files.notFound(path),
    async readJson(path, schema) {
      const change = Object.hasOwn(changes, path) ? changes[path] : undefined;
      if (change === undefined) return files.readJson(path, schema);
      const json = await change(await readSettings(files, path));
      return json && checkJson(files.model, path, schema, json);
    },
  };
}

/** A JSON file's content; undefined if there is no file. */
export function readSettings(files: ModelFiles, path: string): Promise<JsonSettings | undefined> {
  return files.readJson(path, objectOf({}));
}
