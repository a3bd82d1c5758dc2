import { readFile } from "node:fs/promises";
import { writeFileAtomically } from "@secondpass/core/node";
import { CommandError } from "../errors/command-error.js";
import type { ChangedFile } from "./migrate-tree.js";

/**
 * Writes files, each of them atomically and with its old mode.
 * @throws {CommandError} before anything is written, if one has changed since it was read
 * @throws {FileWriteError}
 */
export async function writeFiles(files: readonly ChangedFile[]): Promise<void> {
  for (const { path, before } of files) {
    if (!Buffer.from(before).equals(await readFile(path)))
      throw new CommandError(`${path} has changed meanwhile. Nothing was written: try again.`);
  }
  for (const { path, after } of files) await writeFileAtomically(path, after);
}
