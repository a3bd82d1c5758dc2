import { Node, type ts } from "ts-morph";
import { identifiersNamed } from "./identifiers-named.js";

/** Finds every reference in a file to the declared identifier, except itself. The same spelling in another scope is not a reference. */
export function referencesOf(declared: Node): Node[] {
  const symbol = declared.getSymbol()?.compilerSymbol;
  const name = declared.getText();
  const checker = declared.getProject().getTypeChecker().compilerObject;
  if (symbol === undefined) return [];
  return identifiersNamed(declared.getSourceFile(), name).filter(
    (other) => other !== declared && symbolOf(other, checker) === symbol,
  );
}

function symbolOf(node: Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const parent = node.getParent();
  if (Node.isShorthandPropertyAssignment(parent))
    return checker.getShorthandAssignmentValueSymbol(parent.compilerNode);
  if (Node.isExportSpecifier(parent)) {
    const isOfOther = parent.getExportDeclaration().hasModuleSpecifier() || parent.getNameNode() !== node;
    return isOfOther ? undefined : checker.getExportSpecifierLocalTargetSymbol(parent.compilerNode);
  }
  return node.getSymbol()?.compilerSymbol;
}
