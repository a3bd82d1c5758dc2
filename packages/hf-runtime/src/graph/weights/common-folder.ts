import { dirname, parse, resolve, sep } from "node:path";

/**
 * The deepest folder that contains all `files`. onnxruntime finds them from there; it does not accept absolute paths or links that leave the
 * folder. Undefined if the files share no folder (two drives on Windows).
 */
export function commonFolder(files: readonly string[]): string | undefined {
  const [first, ...others] = [...new Set(files)].map((file) => dirname(resolve(file)));
  if (first === undefined) return undefined;
  const { root } = parse(first);
  let common = first.slice(root.length).split(sep);
  for (const folder of others) {
    if (parse(folder).root !== root) return undefined;
    const parts = folder.slice(root.length).split(sep);
    const length = common.findIndex((part, i) => part !== parts[i]);
    if (length !== -1) common = common.slice(0, length);
  }
  return root + common.join(sep);
}
