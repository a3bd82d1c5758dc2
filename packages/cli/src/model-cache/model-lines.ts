import type { CachedModel } from "@secondpass/hf-runtime";
import { megabytes } from "../terminal/megabytes.js";

/** Writes a line for each model and, indented, one for each of its revisions. */
export function modelLines(models: readonly CachedModel[]): string[] {
  return models.flatMap(({ model, sizeBytes, unfinishedBytes, revisions }) => [
    `${model}  ${megabytes(sizeBytes)} MB${unfinishedBytes > 0 ? `, ${megabytes(unfinishedBytes)} MB of it unfinished` : ""}`,
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
