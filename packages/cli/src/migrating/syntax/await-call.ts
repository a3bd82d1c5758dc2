import { Node } from "ts-morph";
import type { Edit } from "../contract/edit.js";

/**
 * Makes the edits that await a call; none if it is already awaited.
 * @returns why it cannot be awaited
 */
export function awaitCall(call: Node, allowsTopLevelAwait: boolean): readonly Edit[] | string {
  const parent = call.getParent();
  if (Node.isAwaitExpression(parent)) return [];
  const owner = call.getFirstAncestor(
    (node) =>
      Node.isFunctionLikeDeclaration(node) ||
      Node.isFunctionExpression(node) ||
      Node.isPropertyDeclaration(node) ||
      Node.isClassStaticBlockDeclaration(node),
  );
  if (owner === undefined) {
    if (!allowsTopLevelAwait)
      return "it is asynchronous here, and this file, which may be CommonJS, cannot await it outside of a function";
  } else if (!("isAsync" in owner) || !(owner as { isAsync(): boolean }).isAsync()) {
    return "it is asynchronous here, and the function around it is not";
  }
  const isMemberOf =
    (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent)) &&
    parent.getExpression() === call;
  const [open, close] = isMemberOf ? ["(await ", ")"] : ["await ", ""];
  const [start, end] = [call.getStart(), call.getEnd()];
  return close === ""
    ? [{ start, end: start, text: open }]
    : [
        { start, end: start, text: open },
        { start: end, end, text: close },
      ];
}
