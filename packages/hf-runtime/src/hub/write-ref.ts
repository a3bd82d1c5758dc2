import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Notes in the cache which commit a branch or tag stands at. Written beside and renamed: readers see old or new. */
export async function writeRef(path: string, commit: string): Promise<void> {
  const current = await readFile(path, "utf8").catch(() => undefined);
  if (current?.trim() === commit) return;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, commit);
  await rename(temporary, path);
}
