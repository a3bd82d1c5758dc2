import { Node, type ObjectLiteralExpression } from "ts-morph";

/** Options of a call: none, an object literal, or an expression whose value is known only when the program runs. */
export type GivenOptions =
  | { readonly kind: "none" }
  | { readonly kind: "object"; readonly object: ObjectLiteralExpression }
  | { readonly kind: "expression"; readonly node: Node };

export function optionsOf(given: Node | undefined): GivenOptions {
  if (given === undefined) return { kind: "none" };
  if (given.getText() === "undefined") return { kind: "none" };
  const inner =
    Node.isAsExpression(given) || Node.isSatisfiesExpression(given) ? given.getExpression() : given;
  return Node.isObjectLiteralExpression(inner)
    ? { kind: "object", object: inner }
    : { kind: "expression", node: given };
}
