/** Lines from this length on were broken to fit a width, in UTF-16 units. */
const WRAPPED = 50;

/** A text without the line breaks that an editor's width has made inside sentences. Of the same length, so that offsets stay. */
export function reflow(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, i) => {
      const next = lines[i + 1];
      if (next === undefined) return line;
      const isProse =
        line.length >= WRAPPED && !/^\s*[#|]/.test(line) && /^ {0,4}[\p{L}\p{N}"'`(“‘*[]/u.test(next);
      return line + (isProse && !/^\s*([*+-]|\d+[.)])\s/.test(next) ? " " : "\n");
    })
    .join("");
}
