import { cruise } from "dependency-cruiser";

/**
 * The import graph of the workspace's sources and tests, type-only imports included.
 *
 * @param {string} root folder that the paths are relative to
 * @param {readonly string[]} folders to read: `packages/core/src`, …
 * @param {{ forbidden: object[] }} ruleSet rules in dependency-cruiser's terms
 * @returns {Promise<{ modules: object[], violations: { rule: string, from: string, to: string }[] }>}
 */
export async function readGraph(root, folders, ruleSet) {
  const { output } = await cruise([...folders], {
    baseDir: root,
    ruleSet,
    validate: true,
    tsPreCompilationDeps: true,
    // Built, installed and generated files are leaves.
    doNotFollow: { path: "(^|/)(node_modules|dist|generated|fixtures|goldens)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default", "types"],
      mainFields: ["main"],
    },
  });
  const violations = output.summary.violations.map(({ rule, from, to, cycle = [] }) => ({
    rule: rule.name,
    from,
    // Of a circle, the whole way round.
    to: cycle.length > 0 ? cycle.map(({ name }) => name).join(" → ") : to,
  }));
  return { modules: output.modules, violations };
}
