import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The first queries of a file with one JSON object a line, gzipped or not: `{ query, candidates: [text, …] }`. */
export function readQueries(file, count) {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n", count)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
