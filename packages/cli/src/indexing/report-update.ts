import type { World } from "../contract/world.js";
import type { UpdateReport } from "../corpus/index-writer.js";

/** Prints the result of an update: unreadable files on standard error, the rest as a line on standard output. */
export function reportUpdate(
  report: UpdateReport,
  { folder, json }: { readonly folder: string; readonly json: boolean },
  { stdout, stderr }: Pick<World, "stdout" | "stderr">,
): void {
  const { added, changed, removed, unchanged, passages, problems } = report;
  if (json) stdout.write(`${JSON.stringify({ index: folder, ...report })}\n`);
  for (const { source, reason } of json ? [] : problems) stderr.write(`${source}: ${reason}\n`);
  if (json) return;
  const files = [
    [added, "new"],
    [changed, "changed"],
    [removed, "removed"],
    [unchanged, "unchanged"],
    [problems.length, "unreadable"],
  ] as const;
  const list = files.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  stdout.write(`${folder}: ${passages} passages; files: ${list.join(", ") || "none"}\n`);
}
