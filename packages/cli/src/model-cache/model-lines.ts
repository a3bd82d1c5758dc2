import type { CachedModel } from "@secondpass/hf-runtime";

/** A line for each model and, indented, one for each of its revisions. */
export function modelLines(models: readonly CachedModel[]): string[] {
  return models.flatMap(({ model, sizeBytes, unfinishedBytes, revisions }) => [
    `${model}  ${megabytes(sizeBytes)}${unfinishedBytes > 0 ? `, ${megabytes(unfinishedBytes)} of it unfinished` : ""}`,
    ...revisions.map(({ commit, refs, files, isComplete }) =>
      [
        `  ${commit.slice(0, 8)}`,
        refs.join(", ") || "no branch",
        `${files.length} files`,
        isComplete ? "complete" : "incomplete",
      ].join("  "),
    ),
  ]);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}
