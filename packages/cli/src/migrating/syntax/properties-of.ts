import { Node, type ObjectLiteralExpression } from "ts-morph";

/** One `name: value` of an object literal. */
export interface Property {
  readonly node: Node;
  readonly name: string;
  /** undefined for methods. */
  readonly value: Node | undefined;
}

/** Lists the properties of an object, and says whether there may be more: spreads, computed names. */
export function propertiesOf(object: ObjectLiteralExpression): {
  readonly properties: readonly Property[];
  readonly hasMore: boolean;
} {
  const properties: Property[] = [];
  let hasMore = false;
  for (const node of object.getProperties()) {
    if (Node.isSpreadAssignment(node)) hasMore = true;
    else {
      const nameNode = node.getNameNode();
      if (Node.isComputedPropertyName(nameNode)) hasMore = true;
      else {
        const isText = Node.isStringLiteral(nameNode) || Node.isNoSubstitutionTemplateLiteral(nameNode);
        const name = isText ? nameNode.getLiteralText() : nameNode.getText();
        const value = Node.isPropertyAssignment(node)
          ? node.getInitializer()
          : Node.isShorthandPropertyAssignment(node)
            ? nameNode
            : undefined;
        properties.push({ node, name, value });
      }
    }
  }
  return { properties, hasMore };
}
