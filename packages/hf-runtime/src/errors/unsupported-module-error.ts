import { SecondpassError } from "@secondpass/core";

type Kind = "module" | "module of a cross-encoder" | "pooling mode" | "activation";

const ADVICE: Readonly<Record<Kind, string>> = {
  module:
    "Choose a model made of these, or take the others out of modules.json in a copy of it and compute them yourself.",
  "module of a cross-encoder":
    "A model with other modules in modules.json is an embedding model, for loadEncoder (HuggingFaceEmbeddings): choose a cross-encoder such as BAAI/bge-reranker-base.",
  "pooling mode": "Name one of these in config.json of the Pooling module's folder, or choose another model.",
  activation: "Pass one of these as `activation`, or take the `logits` and apply your own.",
};

/** Thrown if a sentence-transformers repository has a module, a pooling mode or an activation that this package does not implement. */
export class UnsupportedModuleError extends SecondpassError {
  override readonly name = "UnsupportedModuleError";

  constructor(
    readonly kind: Kind,
    readonly got: string,
    readonly supported: readonly string[],
  ) {
    const article = kind === "activation" ? "an" : "a";
    super(`Expected ${article} ${kind} of ${supported.join(", ")}, got "${got}". ${ADVICE[kind]}`);
  }
}
