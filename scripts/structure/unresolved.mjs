/**
 * Imports of sources that lead nowhere: of a package that is not installed for this one, or not built. No rule could judge them.
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
