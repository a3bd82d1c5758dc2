import type { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { JsonSchema } from "../json/json-schema.js";

/** The files of one model at one revision. They are in a folder, or are downloaded from the hub when they are needed. */
export interface ModelFiles {
  /** What the user called the model: a hub id or a folder. */
  readonly model: string;
  /** Commit of a hub repository; undefined for a plain folder. */
  readonly commit: string | undefined;
  /**
   * What to do about a missing file, as a sentence, if only the cache is read, which may lack files of the repository. Undefined if a
   * missing file is not in the repository either.
   */
  readonly whenMissing?: string | undefined;
  /** Every path of the repository, with `/` between folders, sorted. Offline: every path in the cache. */
  list(): Promise<readonly string[]>;
  has(path: string): Promise<boolean>;
  /**
   * Downloads a file if needed and returns its real path on this machine (symlinks resolved, as ONNX external data needs).
   * @throws ModelFileNotFoundError if the repository has no such file, or offline, if the cache has none
   */
  localPath(path: string): Promise<string>;
  /** The error for a missing file. It says where the file was looked for and what to do. */
  notFound(path: string): Promise<ModelFileNotFoundError>;
  /**
   * Content of a JSON file; undefined if the repository has no such file.
   * @param schema the expected form
   * @throws MalformedModelFileError that names the key which does not fit the schema
   */
  readJson<Json>(path: string, schema: JsonSchema<Json>): Promise<Json | undefined>;
}
