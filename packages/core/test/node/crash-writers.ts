import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CrashWriter } from "@secondpass/test-kit";
import { writeFileAtomically } from "../../src/node/files/write-file-atomically.js";

/** Far more than one write call can take. */
const REPEATS = 20_000;

export const CRASH_WRITERS: Readonly<Record<string, CrashWriter>> = {
  "a file": {
    write: (folder, version) => writeFileAtomically(join(folder, "file"), `${version} `.repeat(REPEATS)),
    async read(folder) {
      const text = await readFile(join(folder, "file"), "utf8");
      const version = text.slice(0, text.indexOf(" "));
      if (text !== `${version} `.repeat(REPEATS)) throw new Error(`damaged: ${text.length} characters`);
      return [version];
    },
    entries: ["file"],
  },
};
