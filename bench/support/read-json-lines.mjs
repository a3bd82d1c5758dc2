import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Values of the first lines of a file, or of all: one JSON value for each line, gzipped or not. */
export function readJsonLines(file, count = undefined) {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n", count)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
