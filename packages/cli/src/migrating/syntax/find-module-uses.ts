import {
  type BindingElement,
  type CallExpression,
  type ExportDeclaration,
  type ImportDeclaration,
  type ImportTypeNode,
  Node,
  type ObjectBindingPattern,
  type SourceFile,
  SyntaxKind,
} from "ts-morph";
import type { ModuleUse, NameUse } from "./module-use.js";
import { referencesOf } from "./references-of.js";

/** Finds every place of a file that names one of these modules: imports, re-exports, `require`, `import()` and types, and other strings. */
export function findModuleUses(file: SourceFile, modules: ReadonlySet<string>): ModuleUse[] {
  return [
    ...file.getDescendantsOfKind(SyntaxKind.StringLiteral),
    ...file.getDescendantsOfKind(SyntaxKind.NoSubstitutionTemplateLiteral),
  ]
    .filter((literal) => modules.has(literal.getLiteralText()))
    .sort((a, b) => a.getStart() - b.getStart())
    .map((literal) => ({ module: literal.getLiteralText(), literal, ...useAt(literal) }));
}

type Use = Omit<ModuleUse, "module" | "literal">;

const opaque = (reason: string): Use => ({ form: "joint", names: [], opaque: reason });

function useAt(literal: Node): Use {
  const parent = literal.getParent();
  if (Node.isImportDeclaration(parent)) return importUse(parent);
  if (Node.isExportDeclaration(parent)) return exportUse(parent);
  if (Node.isExternalModuleReference(parent)) {
    const declaration = parent.getParent();
    if (Node.isImportEqualsDeclaration(declaration)) return namespaceUse(declaration.getNameNode());
  }
  if (Node.isLiteralTypeNode(parent)) {
    const type = parent.getParent();
    if (Node.isImportTypeNode(type)) return typeUse(type);
  }
  if (Node.isCallExpression(parent) && parent.getArguments()[0] === literal) {
    const called = parent.getExpression();
    if (called.getText() === "require") return callUse(parent, false);
    if (called.getKind() === SyntaxKind.ImportKeyword) return callUse(parent, true);
  }
  return opaque("the module is named here in another way than by an import");
}

function importUse(declaration: ImportDeclaration): Use {
  const namespace = declaration.getNamespaceImport();
  if (declaration.getDefaultImport() !== undefined) return opaque("the module has no default export");
  if (namespace !== undefined) return namespaceUse(namespace);
  const specifiers = declaration.getNamedImports();
  if (specifiers.length === 0) return opaque("nothing is imported by name");
  const names = specifiers.map((binding): NameUse => {
    const alias = binding.getAliasNode();
    const references = referencesOf(alias ?? binding.getNameNode());
    const words = alias === undefined ? [binding.getNameNode(), ...references] : [binding.getNameNode()];
    return { name: binding.getName(), binding, hasAlias: alias !== undefined, references, words };
  });
  return { form: "import", names };
}

function exportUse(declaration: ExportDeclaration): Use {
  const specifiers = declaration.getNamedExports();
  if (specifiers.length === 0) return opaque("everything is handed on, whatever it is");
  const names = specifiers.map(
    (binding): NameUse => ({
      name: binding.getName(),
      binding,
      hasAlias: binding.getAliasNode() !== undefined,
      references: [binding.getNameNode()],
      words: [binding.getNameNode()],
    }),
  );
  return { form: "export", names };
}

/** Reads the uses of a namespace `ns`, such as `ns.FaissStore`, in values and types. */
function namespaceUse(declared: Node): Use {
  const byName = new Map<string, { references: Node[]; words: Node[] }>();
  for (const reference of referencesOf(declared)) {
    const parent = reference.getParent();
    const word =
      Node.isPropertyAccessExpression(parent) && parent.getExpression() === reference
        ? parent.getNameNode()
        : Node.isQualifiedName(parent) && parent.getLeft() === reference
          ? parent.getRight()
          : undefined;
    if (word === undefined || parent === undefined)
      return opaque(`the whole module is used as a value (line ${reference.getStartLineNumber()})`);
    const found = byName.get(word.getText()) ?? { references: [], words: [] };
    found.references.push(parent);
    found.words.push(word);
    byName.set(word.getText(), found);
  }
  const names = [...byName].map(([name, found]): NameUse => ({ name, hasAlias: true, ...found }));
  return names.length === 0 ? opaque("nothing of it is used by name") : { form: "joint", names };
}

/** Reads `import("m").A` in types. */
function typeUse(type: ImportTypeNode): Use {
  let word: Node | undefined = type.getQualifier();
  while (Node.isQualifiedName(word)) word = word.getLeft();
  if (word === undefined) return opaque("the type of the whole module is used");
  return {
    form: "joint",
    names: [{ name: word.getText(), hasAlias: true, references: [type], words: [word] }],
  };
}

/** Reads `require("m")` and `import("m")`. */
function callUse(call: CallExpression, isPromise: boolean): Use {
  const waited = enclosing(call);
  const isWaited = !isPromise || waited.isAwaited;
  const { outer } = waited;
  const parent = outer.getParent();
  if (Node.isVariableDeclaration(parent) && isWaited) {
    const name = parent.getNameNode();
    if (!Node.isObjectBindingPattern(name)) return namespaceUse(name);
    const names = patternNames(name);
    return names === undefined
      ? opaque("the pattern is more than a list of names")
      : { form: "destructured", names, variable: parent };
  }
  if (Node.isPropertyAccessExpression(parent) && parent.getExpression() === outer) {
    if (!isWaited) return thenUse(parent);
    const name = parent.getName();
    const variable = parent.getParent();
    const isBound = Node.isVariableDeclaration(variable) && Node.isIdentifier(variable.getNameNode());
    const references = isBound ? referencesOf(variable.getNameNode()) : [parent];
    return { form: "joint", names: [{ name, hasAlias: true, references, words: [parent.getNameNode()] }] };
  }
  return opaque("the whole module is used as a value");
}

/** Finds the outermost expression, with the parentheses and the `await` around it. */
function enclosing(node: Node): { readonly outer: Node; readonly isAwaited: boolean } {
  let outer = node;
  let isAwaited = false;
  for (;;) {
    const parent = outer.getParent();
    if (Node.isAwaitExpression(parent)) isAwaited = true;
    else if (!Node.isParenthesizedExpression(parent)) return { outer, isAwaited };
    outer = parent;
  }
}

/** Reads `import("m").then(({ A }) => …)` and `.then((m) => m.A)`. */
function thenUse(access: Node): Use {
  const call = access.getParent();
  const callback = Node.isCallExpression(call) ? call.getArguments()[0] : undefined;
  const isFunction = Node.isArrowFunction(callback) || Node.isFunctionExpression(callback);
  const parameter = isFunction ? callback.getParameters()[0]?.getNameNode() : undefined;
  if (Node.isObjectBindingPattern(parameter)) {
    const names = patternNames(parameter);
    if (names !== undefined) return { form: "joint", names };
  }
  return Node.isIdentifier(parameter)
    ? namespaceUse(parameter)
    : opaque("the whole module is used as a value");
}

/** Reads the names of a pattern such as `{ A, B: C }`; undefined for patterns with anything else. */
function patternNames(pattern: ObjectBindingPattern): NameUse[] | undefined {
  const names = pattern.getElements().map((binding): NameUse | undefined => {
    if (binding.getDotDotDotToken() || binding.getInitializer()) return undefined;
    const own = binding.getNameNode();
    if (!Node.isIdentifier(own)) return undefined;
    const references = referencesOf(own);
    const property = binding.getPropertyNameNode();
    return {
      name: exportedName(binding),
      binding,
      hasAlias: property !== undefined,
      references,
      words: property === undefined ? [own, ...references] : [property],
    };
  });
  return names.every((name) => name !== undefined) ? names : undefined;
}

function exportedName(binding: BindingElement): string {
  const property = binding.getPropertyNameNode();
  if (property === undefined) return binding.getName();
  return Node.isStringLiteral(property) ? property.getLiteralText() : property.getText();
}
