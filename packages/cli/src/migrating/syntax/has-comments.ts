import type { Node } from "ts-morph";

/** Whether there are comments in a node. */
export function hasComments(node: Node): boolean {
  return node
    .getDescendants()
    .some((part) => part.getLeadingCommentRanges().length + part.getTrailingCommentRanges().length > 0);
}
