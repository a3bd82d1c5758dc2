import { readFile } from "node:fs/promises";
import { writeFileAtomically } from "@secondpass/core/node";

/** Writes into the cache which commit a branch or tag points to. */
export async function writeRef(path: string, commit: string): Promise<void> {
  const current = await readFile(path, "utf8").catch(() => undefined);
  if (current?.trim() !== commit) await writeFileAtomically(path, commit, { durable: false });
}
