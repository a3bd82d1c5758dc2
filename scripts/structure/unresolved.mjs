/**
 * Imports of sources that cannot be resolved: the package is not a dependency, or not built. No rule could check them.
 * @param {readonly object[]} modules of the graph
 */
export function unresolved(modules) {
  return modules
    .filter(({ source }) => /^(packages|apps)\/[^/]+\/src\//.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ couldNotResolve }) => couldNotResolve)
        .map(({ module }) => ({ rule: "packages", from: source, to: `${module} (not found)` })),
    );
}
