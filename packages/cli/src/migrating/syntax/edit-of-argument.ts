import type { CallExpression, NewExpression, Node } from "ts-morph";
import type { Edit } from "../contract/edit.js";

/** Makes the edit that writes a text as the last argument of a call: replaces the given argument, or adds one after the others. */
export function editOfArgument(
  call: CallExpression | NewExpression,
  given: Node | undefined,
  text: string,
): Edit {
  if (given !== undefined) return { start: given.getStart(), end: given.getEnd(), text };
  const hasParentheses = call.getText().endsWith(")");
  const place = hasParentheses ? call.getEnd() - 1 : call.getEnd();
  const inside = `${call.getArguments().length > 0 ? ", " : ""}${text}`;
  return { start: place, end: place, text: hasParentheses ? inside : `(${inside})` };
}
