import type { WorkSlices } from "@secondpass/core";
import { skipSpace } from "../python/python-space.js";

const NAME = /[a-zA-Z0-9]+/y;

/**
 * Finds the names of the tags that a text opens, each once, in order of their first occurrence: the matches of Python's pattern
 * `<\s*([a-zA-Z0-9]+)[^>]*>`, in time proportional to the text.
 */
export async function componentTags(text: string, slices: WorkSlices): Promise<Set<string>> {
  const names = new Set<string>();
  let position = text.indexOf("<");
  while (position !== -1) {
    NAME.lastIndex = skipSpace(text, position + 1, text.length);
    const name = NAME.exec(text)?.[0];
    if (name !== undefined) {
      const end = text.indexOf(">", NAME.lastIndex);
      if (end === -1) break;
      names.add(name);
      position = end;
    }
    position = text.indexOf("<", position + 1);
    if (slices.due()) await slices.pause();
  }
  return names;
}
