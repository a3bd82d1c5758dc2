import { mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a copy of a model's folder in which one file has other content. The other files are links.
 * @param root folder for the copy
 * @param path path of the file in the model's folder; it may be new
 */
export function alteredModel(
  root: string,
  model: string,
  path: string,
  content: string | Uint8Array,
): string {
  const copy = mkdtempSync(join(root, "altered-"));
  for (const name of readdirSync(model, { recursive: true, encoding: "utf8" })) {
    const from = join(model, name);
    if (name === path || !statSync(from).isFile()) continue;
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    symlinkSync(from, join(copy, name));
  }
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), content);
  return copy;
}
