import { Node, SyntaxKind } from "ts-morph";
import type { ClassUse } from "../contract/class-use.js";

/** Reads how a program uses a class at a place that names it. */
export function readClassUse(node: Node, module: string): ClassUse {
  let outer = node;
  while (Node.isParenthesizedExpression(outer.getParent())) outer = outer.getParentOrThrow();
  const parent = outer.getParent();
  if (Node.isNewExpression(parent) && parent.getExpression() === outer)
    return { kind: "new", node, module, call: parent };
  if (Node.isCallExpression(parent) && parent.getExpression() === outer)
    return { kind: "call", node, module, call: parent };
  if (Node.isPropertyAccessExpression(parent) && parent.getExpression() === outer) {
    const member = parent.getName();
    const call = parent.getParent();
    return Node.isCallExpression(call) && call.getExpression() === parent
      ? { kind: "static", node, module, member, call }
      : { kind: "member", node, module, member };
  }
  if (Node.isExpressionWithTypeArguments(parent)) {
    const clause = parent.getParent();
    const isExtended =
      Node.isHeritageClause(clause) &&
      clause.getToken() === SyntaxKind.ExtendsKeyword &&
      !Node.isInterfaceDeclaration(clause.getParent());
    return { kind: isExtended ? "extends" : "type", node, module };
  }
  const isType = Node.isTypeNode(node) || Node.isTypeReference(parent) || Node.isTypeQuery(parent);
  return { kind: isType ? "type" : "value", node, module };
}
