import { useMemo } from "preact/hooks";
import type { AnswerPassage, SourceText } from "../api.js";
import { Formatted } from "./formatted.js";
import { lineNumbers } from "./line-numbers.js";
import { markdownShape } from "./markdown-shape.js";
import { marksInSource } from "./marks-in-source.js";
import { linesShape } from "./shape.js";

/** A document, or a part of it, with a passage and its sentences marked. */
export function DocumentText({
  found,
  passage,
}: {
  readonly found: SourceText;
  readonly passage: AnswerPassage;
}) {
  const { format, context, text: part, startIndex: offset } = found;
  const text = context + part;
  const shift = context.length;
  const shape = useMemo(
    () => (format === "markdown" ? markdownShape(text, offset === 0) : linesShape(text)),
    [format, text, offset],
  );
  /** Converts a place in the file to a place in `text`. */
  const at = (place: number) => Math.min(text.length, Math.max(shift, place - offset + shift));
  const [start, end] = [at(passage.startIndex), at(passage.endIndex)];
  const lineAt = useMemo(() => {
    const before = text.slice(0, start).split("\n").length - 1;
    return lineNumbers(text, passage.lines.from - before);
  }, [text, start, passage.lines.from]);
  const marks = marksInSource(passage.text, text.slice(start, end), passage.sentences ?? []).map((one) => ({
    start: one.start + start,
    end: one.end + start,
  }));
  const shown = { shape, text, lineAt };
  const rest = end + (/^\s*\n/.exec(text.slice(end))?.[0].length ?? 0);
  return (
    <div class={format === "markdown" ? "formatted numbered" : `as-written numbered ${format}`}>
      <Formatted {...shown} from={shift} to={start} />
      <div class="here">
        <Formatted {...shown} from={start} to={end} marks={marks} />
      </div>
      <Formatted {...shown} from={rest} />
    </div>
  );
}
