import { Node, VariableDeclarationKind } from "ts-morph";

const TYPES: Readonly<Record<string, InputKind>> = {
  string: "text",
  "string[]": "list",
  "readonly string[]": "list",
  "Array<string>": "list",
  "ReadonlyArray<string>": "list",
};

/** One text, or a list of them. */
export type InputKind = "text" | "list";

/** Says whether an expression is a text or a list, as far as the file shows it; else undefined. */
export function inputKind(node: Node | undefined): InputKind | undefined {
  if (node === undefined) return undefined;
  if (Node.isStringLiteral(node) || Node.isTemplateExpression(node)) return "text";
  if (Node.isNoSubstitutionTemplateLiteral(node)) return "text";
  if (Node.isArrayLiteralExpression(node)) {
    const isOfTexts = node.getElements().every((element) => inputKind(element) === "text");
    return isOfTexts ? "list" : undefined;
  }
  if (!Node.isIdentifier(node)) return undefined;
  const [declaration, ...others] = node.getSymbol()?.getDeclarations() ?? [];
  if (declaration === undefined || others.length > 0) return undefined;
  if (!Node.isVariableDeclaration(declaration) && !Node.isParameterDeclaration(declaration)) return undefined;
  const type = declaration.getTypeNode();
  if (type !== undefined) {
    const isOptional = Node.isParameterDeclaration(declaration) && declaration.hasQuestionToken();
    return isOptional ? undefined : TYPES[type.getText()];
  }
  const isConstant =
    Node.isVariableDeclaration(declaration) &&
    declaration.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const;
  return isConstant ? inputKind(declaration.getInitializer()) : undefined;
}
