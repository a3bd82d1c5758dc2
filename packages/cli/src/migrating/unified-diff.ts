import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** Writes the change of a file as a diff for `git apply` and `patch -p1`. @param path with "/" between folders */
export function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
