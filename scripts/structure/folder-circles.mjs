import { posix } from "node:path";

/**
 * Finds folders of a package's sources that import one another, and returns for each circle the imports that close it.
 * @param {readonly object[]} modules of the graph
 * @param {readonly { from: string, to: string }[]} reported imports that another rule reports, which are not counted here
 */
export function folderCircles(modules, reported) {
  const known = new Set(reported.map(({ from, to }) => `${from} → ${to}`));
  /** By folder, the folders that it imports, each with one import as an example. */
  const graph = new Map();
  for (const { source, dependencies } of modules) {
    const [, home] = /^((?:packages|apps)\/[^/]+\/src)\//.exec(source) ?? [];
    if (home === undefined || source.endsWith(".test.ts")) continue;
    const folder = posix.dirname(source);
    for (const { resolved } of dependencies) {
      const target = posix.dirname(resolved);
      if (target === folder || !resolved.startsWith(`${home}/`)) continue;
      if (known.has(`${source} → ${resolved}`)) continue;
      if (!graph.has(folder)) graph.set(folder, new Map());
      graph.get(folder).set(target, { from: source, to: resolved });
    }
  }
  const reaches = (from, to) => {
    const seen = new Set([from]);
    for (const each of seen) {
      if (each === to) return true;
      for (const next of graph.get(each)?.keys() ?? []) seen.add(next);
    }
    return false;
  };
  return [...graph].flatMap(([folder, targets]) =>
    [...targets]
      .filter(([target]) => reaches(target, folder))
      .map(([, example]) => ({ rule: "folder circles", ...example })),
  );
}
