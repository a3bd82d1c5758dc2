import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** The first heading of a Markdown file, without markup; the file's name if it has none. */
export function pageTitle(file) {
  const heading = /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1];
  return heading?.replace(/[`*]/g, "") ?? basename(file, ".md");
}
