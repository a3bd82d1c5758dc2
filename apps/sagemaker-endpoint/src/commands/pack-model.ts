import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../errors/usage-error.js";
import { listFiles } from "../pack/list-files.js";
import { writeArchive } from "../pack/write-archive.js";

/** Settings of an archive. */
export interface PackOptions {
  /** Folder in the layout of a Hugging Face repository. */
  readonly model: string;
  /** @default "model.tar.gz" */
  readonly out?: string;
  /** Folder whose files go to `code/`: the script for a Hugging Face container. */
  readonly script?: string;
}

/** The written archive. */
export interface Packed {
  readonly file: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Hexadecimal digest; the same files give the same one. */
  readonly sha256: string;
}

/**
 * Writes a `model.tar.gz` that SageMaker unpacks to /opt/ml/model.
 *
 * @throws {UsageError} if the folder has no model
 */
export async function packModel({ model, out = "model.tar.gz", script }: PackOptions): Promise<Packed> {
  const files = await listFiles(model);
  if (!files.some(({ name }) => name === "config.json")) {
    throw new UsageError(`Expected a model with a config.json in ${model}.`);
  }
  if (script !== undefined) files.push(...(await listFiles(script, "code/")));
  await writeArchive(out, files);
  const hash = createHash("sha256");
  await pipeline(createReadStream(out), hash);
  return {
    file: out,
    files: files.map(({ name }) => name).sort(),
    bytes: (await stat(out)).size,
    sha256: hash.digest("hex"),
  };
}
