import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with one file, into which the valid calls write. */
export const mistakesFolder = mkdtempSync(join(tmpdir(), "secondpass-mistakes-"));
writeFileSync(join(mistakesFolder, "a.txt"), "one");

/** A path without a file. */
export const MISSING = "./no-such-folder/at-all";

export const removeMistakesFolder = (): void => rmSync(mistakesFolder, { recursive: true });
