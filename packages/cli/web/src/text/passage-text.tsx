import { useMemo } from "preact/hooks";
import type { AnswerPassage } from "../api.js";
import { Formatted } from "./formatted.js";
import { markdownShape } from "./markdown-shape.js";
import { MarkedText } from "./marked-text.js";
import { reflow } from "./reflow.js";

/** The formatted text of a passage, with the best sentences marked. */
export function PassageText({ passage }: { readonly passage: AnswerPassage }) {
  const { format, text, context = "", startIndex, sentences = [] } = passage;
  const whole = context + text;
  const shape = useMemo(
    () => (format === "markdown" ? markdownShape(whole, startIndex === 0) : undefined),
    [format, whole, startIndex],
  );
  if (shape !== undefined) {
    const shift = context.length;
    const marks = sentences.map(({ start, end }) => ({ start: start + shift, end: end + shift }));
    return (
      <div class="passage formatted">
        <Formatted shape={shape} text={whole} from={shift} marks={marks} />
      </div>
    );
  }
  if (format === "code") {
    return (
      <pre class="passage">
        <MarkedText text={text} marks={sentences} />
      </pre>
    );
  }
  return (
    <p class="passage plain-text">
      <MarkedText text={reflow(text)} marks={sentences} />
    </p>
  );
}
