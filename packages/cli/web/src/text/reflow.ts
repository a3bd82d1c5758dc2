/** Lines of at least this length were broken to fit a width, in UTF-16 units. */
const WRAPPED = 50;

/** Replaces the line breaks inside sentences, made to fit an editor's width, by spaces. The length does not change, so that offsets stay valid. */
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
