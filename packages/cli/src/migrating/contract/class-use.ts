import type { CallExpression, NewExpression, Node } from "ts-morph";

interface UseBase {
  /** What names the class: `FaissStore`, or `faiss.FaissStore`. */
  readonly node: Node;
  /** The module that the class comes from. */
  readonly module: string;
}

/** What a program does with a class, or another name, of a module. */
export type ClassUse =
  | (UseBase & { readonly kind: "new"; readonly call: NewExpression })
  | (UseBase & { readonly kind: "static"; readonly member: string; readonly call: CallExpression })
  /** A function of the module that is called. */
  | (UseBase & { readonly kind: "call"; readonly call: CallExpression })
  /** A member that is not called. */
  | (UseBase & { readonly kind: "member"; readonly member: string })
  /** `type`: where a type is; `extends`: by a class; `value`: handed on, exported, compared. */
  | (UseBase & { readonly kind: "type" | "extends" | "value" });
