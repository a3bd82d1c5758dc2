import { piecesOf } from "./pieces-of.js";

/** A text with parts marked. */
export function MarkedText({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}) {
  return (
    <>
      {piecesOf(text, marks).map(({ text, isMarked }, i) => (isMarked ? <mark key={i}>{text}</mark> : text))}
    </>
  );
}
