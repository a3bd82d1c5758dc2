const SEVERE = new Set(["high", "critical"]);

/**
 * Reads the output of `pnpm audit --json`.
 *
 * @param {string} output
 * @returns {{ unreachable: string } | { severe: string[], others: number }} why there is no answer; or the known vulnerabilities of severity high
 *   and critical, and the number of less severe ones
 */
export function readAudit(output) {
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    return { unreachable: output.trim().slice(0, 300) || "pnpm audit printed nothing" };
  }
  const { advisories, error } = report;
  if (advisories === undefined) return { unreachable: error?.message ?? "the answer lists no advisories" };
  const all = Object.values(advisories);
  const severe = all.filter(({ severity }) => SEVERE.has(severity));
  return {
    severe: severe.map(
      ({ module_name, vulnerable_versions, severity, title, url }) =>
        `${module_name}@${vulnerable_versions}: ${severity}: ${title} (${url})`,
    ),
    others: all.length - severe.length,
  };
}
