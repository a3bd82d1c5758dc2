import { CompressionError } from "./compression-error.js";

/** Thrown if a retriever or a step returns something other than documents. */
export class NotDocumentsError extends CompressionError {
  override readonly name = "NotDocumentsError";

  /** @param source origin of the value, in the caller's terms ("baseRetriever (RunnableLambda)") */
  constructor(
    readonly source: string,
    readonly value: unknown,
  ) {
    super(
      `Expected ${source} to return a list of Documents, got ${describe(value)}. ` +
        "Pipe it into a function that picks the documents out of its result.",
    );
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list of something else";
  if (value === null || typeof value !== "object") return `${typeof value} ${String(value)}`;
  return `an object with the keys ${Object.keys(value).join(", ") || "(none)"}`;
}
