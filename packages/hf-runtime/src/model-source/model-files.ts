import type { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { JsonSchema } from "../json/json-schema.js";

/** The files of one model at one revision, in a folder, or on the hub until they are needed. */
export interface ModelFiles {
  /** What the user called the model: a hub id or a folder. */
  readonly model: string;
  /** Commit of a hub repository; undefined for a plain folder. */
  readonly commit: string | undefined;
  /**
   * What to do about a file that is not there, as a sentence: where only the cache is looked at, which may lack what the
   * repository has. Undefined where a file that is not there is not in the repository either.
   */
  readonly whenMissing?: string | undefined;
  /** Every path the repository has, with `/` between folders, sorted. Offline: every path the cache has. */
  list(): Promise<readonly string[]>;
  has(path: string): Promise<boolean>;
  /**
   * Makes a file present on this machine and gives its real path (symlinks resolved, as ONNX external data needs).
   * @throws ModelFileNotFoundError when the repository has no such file, or it is not in the cache while offline
   */
  localPath(path: string): Promise<string>;
  /** The error for a file that is missing: where it was looked for, and what to do. */
  notFound(path: string): Promise<ModelFileNotFoundError>;
  /**
   * Content of a JSON file, or undefined where the repository has no such file.
   * @param schema what it has to be
   * @throws MalformedModelFileError that names the key which is not
   */
  readJson<Json>(path: string, schema: JsonSchema<Json>): Promise<Json | undefined>;
}
