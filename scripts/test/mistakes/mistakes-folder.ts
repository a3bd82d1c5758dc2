import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the valid calls write, with one file in it. */
export const mistakesFolder = mkdtempSync(join(tmpdir(), "secondpass-mistakes-"));
writeFileSync(join(mistakesFolder, "a.txt"), "one");

/** A path that nothing is at. */
export const MISSING = "./no-such-folder/at-all";

export const removeMistakesFolder = (): void => rmSync(mistakesFolder, { recursive: true });
