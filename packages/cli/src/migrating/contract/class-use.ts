import type { CallExpression, NewExpression, Node } from "ts-morph";

interface UseBase {
  /** The name of the class in the program: `FaissStore`, or `faiss.FaissStore`. */
  readonly node: Node;
  /** The module that the class comes from. */
  readonly module: string;
}

/** A use of a class, or of another export, of a module in a program. */
export type ClassUse =
  | (UseBase & { readonly kind: "new"; readonly call: NewExpression })
  | (UseBase & { readonly kind: "static"; readonly member: string; readonly call: CallExpression })
  /** A function of the module that is called. */
  | (UseBase & { readonly kind: "call"; readonly call: CallExpression })
  /** A member that is not called. */
  | (UseBase & { readonly kind: "member"; readonly member: string })
  /** `type`: where a type is; `extends`: by a class; `value`: handed on, exported, compared. */
  | (UseBase & { readonly kind: "type" | "extends" | "value" });
