import { SecondpassError } from "@secondpass/core";

/** Thrown if a document's metadata contain a value that cannot be copied, such as a function. Nothing was changed. */
export class MetadataError extends SecondpassError {
  override readonly name = "MetadataError";

  /** @param document the document in the list, such as `documents[2]` */
  constructor(
    readonly document: string,
    options: { readonly cause: unknown },
  ) {
    const reason = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(
      `Expected ${document}.metadata to hold values that can be copied (as structuredClone does), got one that cannot: ${reason}.`,
      options,
    );
  }
}
