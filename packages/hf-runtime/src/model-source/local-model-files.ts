import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { JsonSchema } from "../json/json-schema.js";
import { readJsonFile } from "../json/read-json-file.js";
import { checkNotLfsPointer } from "./check-not-lfs-pointer.js";
import type { ModelFiles } from "./model-files.js";
import { repositoryPath } from "./repository-path.js";
import { withFileAccess } from "./with-file-access.js";

/** Folders of git and of `hf download --local-dir`, which are not part of the model. */
const NOT_THE_MODEL = new Set([".git", ".cache"]);

/** The files of a model in a plain folder (a download, an export, a snapshot of the cache). */
export class LocalModelFiles implements ModelFiles {
  readonly commit = undefined;

  constructor(
    readonly model: string,
    private readonly folder: string,
  ) {}

  async list(): Promise<readonly string[]> {
    return withFileAccess(this.model, "", async () => (await listFiles(this.folder)).sort());
  }

  async has(path: string): Promise<boolean> {
    return isFile(join(this.folder, repositoryPath(path)));
  }

  async localPath(path: string): Promise<string> {
    const file = join(this.folder, repositoryPath(path));
    if (!(await isFile(file))) throw await this.notFound(path);
    return withFileAccess(this.model, path, async () => {
      await checkNotLfsPointer(this.model, path, file);
      return realpath(file);
    });
  }

  async notFound(path: string): Promise<ModelFileNotFoundError> {
    return new ModelFileNotFoundError(this.model, path, await this.list());
  }

  async readJson<Json>(path: string, schema: JsonSchema<Json>): Promise<Json | undefined> {
    if (!(await this.has(path))) return undefined;
    const file = await this.localPath(path);
    return withFileAccess(this.model, path, () => readJsonFile(this.model, path, file, schema));
  }
}

/** Paths below a folder with `/` between their parts; links to files count as files (the hub cache is made of them). */
export async function listFiles(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (NOT_THE_MODEL.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      for (const inner of await listFiles(path)) paths.push(`${entry.name}/${inner.replaceAll(sep, "/")}`);
    } else if (await isFile(path)) paths.push(entry.name);
  }
  return paths;
}

/** Whether a path leads to a file, through symlinks; a dangling link does not. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
