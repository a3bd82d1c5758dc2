import type { BindingElement, ExportSpecifier, ImportSpecifier, Node, VariableDeclaration } from "ts-morph";

/** One export of a module, as a file uses it. */
export interface NameUse {
  /** Its name in the module. */
  readonly name: string;
  /** The declaration that binds it to a name of the file, if there is one. */
  readonly binding?: ImportSpecifier | ExportSpecifier | BindingElement;
  /** Whether the file uses another name for it. */
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
  /** The string that names the module. */
  readonly literal: Node;
  readonly form: "import" | "export" | "destructured" | "joint";
  /** The variable of `destructured`. */
  readonly variable?: VariableDeclaration;
  readonly names: readonly NameUse[];
  /** Set if the use does not show which export it needs: the reason why nothing of this place can move. */
  readonly opaque?: string;
}
