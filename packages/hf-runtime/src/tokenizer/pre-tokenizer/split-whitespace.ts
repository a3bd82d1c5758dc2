import { IS_SPACE } from "../unicode/is-space.js";

/** The words between white space, none of them empty. */
export function* splitWhitespace(text: string): Generator<string, void, undefined> {
  const { length } = text;
  for (let start = 0; start < length; ) {
    let end = start;
    while (end < length && IS_SPACE[text.charCodeAt(end)] === 0) end++;
    if (end > start) yield text.slice(start, end);
    start = end + 1;
  }
}
