/**
 * Packages and folders of sources that structure.config.mjs does not list: no rule would apply to them.
 * @param {readonly string[]} sources paths of files
 * @param {Readonly<Record<string, readonly (readonly string[])[]>>} floors
 * @param {Readonly<Record<string, object>>} imports
 */
export function unlisted(sources, floors, imports) {
  const breaches = [];
  /** By package, the folders of its `src` that have files. */
  const folders = new Map();
  for (const source of sources) {
    const [, home, folder] = /^((?:packages|apps)\/[^/]+)\/src\/(?:([^/]+)\/)?/.exec(source) ?? [];
    if (home === undefined) continue;
    if (!folders.has(home)) folders.set(home, new Set());
    if (folder !== undefined && folder !== "generated") folders.get(home).add(folder);
  }
  for (const [home, names] of folders) {
    const [kind, name] = home.split("/");
    if (kind === "packages" && !Object.hasOwn(imports, name)) {
      breaches.push({ rule: "packages", from: home, to: "no line in `imports`" });
    }
    if (!Object.hasOwn(floors, home)) {
      breaches.push({ rule: "floors", from: home, to: "no floors listed" });
      continue;
    }
    const listed = floors[home].flat().map((folder) => folder.split("/")[0]);
    for (const folder of names) {
      if (!listed.includes(folder)) {
        breaches.push({ rule: "floors", from: `${home}/src/${folder}`, to: "not on a floor" });
      }
    }
  }
  return breaches;
}
