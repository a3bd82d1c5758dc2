import type { BindingElement, ExportSpecifier, ImportSpecifier, Node, VariableDeclaration } from "ts-morph";

/** One export of a module, as a file uses it. */
export interface NameUse {
  /** As the module exports it. */
  readonly name: string;
  /** What binds it to a name of the file, if anything does. */
  readonly binding?: ImportSpecifier | ExportSpecifier | BindingElement;
  /** Whether the file calls it by a name of its own. */
  readonly hasAlias: boolean;
  /** Places that use it. */
  readonly references: readonly Node[];
  /** The words to change if it gets another name: the binding's, and those of the references unless they use an alias. */
  readonly words: readonly Node[];
}

/**
 * A place where a file names a module.
 * - `import`, `export`: a declaration whose names can move one by one
 * - `destructured`: a variable with a pattern, likewise
 * - `joint`: all names move together
 */
export interface ModuleUse {
  readonly module: string;
  /** The text that names it. */
  readonly literal: Node;
  readonly form: "import" | "export" | "destructured" | "joint";
  /** The variable of `destructured`. */
  readonly variable?: VariableDeclaration;
  readonly names: readonly NameUse[];
  /** A use that does not say which export it is of: nothing of this place can move. */
  readonly opaque?: string;
}
