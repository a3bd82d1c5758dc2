import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { adviceFor } from "../options/check-has-method.js";

/**
 * Checks that an argument is a list of Documents.
 * @throws {InvalidOptionError} names the first item that is not one, such as `documents[2]`
 */
export function checkDocuments(
  documents: unknown,
  name = "documents",
): asserts documents is readonly { readonly pageContent: string }[] {
  if (!Array.isArray(documents)) {
    throw new InvalidOptionError(name, "an array of Documents", documents, adviceFor(documents, ""));
  }
  for (const [index, document] of documents.entries()) {
    if (typeof document?.pageContent === "string") continue;
    const advice = typeof document === "string" ? "Make one of it: new Document({ pageContent: text })." : "";
    throw new InvalidOptionError(
      `${name}[${index}]`,
      "a Document, with a string as its pageContent",
      document,
      advice,
    );
  }
}
