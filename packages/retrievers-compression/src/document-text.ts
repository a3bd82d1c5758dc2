import type { DocumentInterface } from "@langchain/core/documents";
import { checkText, InvalidOptionError } from "@secondpass/core";

/** What is read of a document: a template with `{pageContent}` and metadata fields, or a function. */
export type DocumentText = string | ((document: DocumentInterface) => string);

/** A brace that stands for itself, or a name in braces. Other braces are mistakes. */
const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/**
 * A function from a document to the text that is read of it.
 * @throws {InvalidOptionError} for what is neither template nor function, and for a template with a brace that belongs to no name
 */
export function documentTextFunction(
  documentText: DocumentText | undefined,
): (document: DocumentInterface) => string {
  if (documentText === undefined) return ({ pageContent }) => pageContent;
  if (typeof documentText === "function") {
    return (document) => checkText(documentText(document), "the text that `documentText` returns");
  }
  if (typeof documentText !== "string") {
    throw new InvalidOptionError("documentText", "a template or a function", documentText);
  }
  for (const [part, name] of documentText.matchAll(PART)) {
    if (part.length > 1 && name !== "") continue;
    throw new InvalidOptionError(
      "documentText",
      "a template whose braces hold names",
      documentText,
      "Write `{{` and `}}` for braces.",
    );
  }
  return ({ pageContent, metadata }) =>
    documentText.replace(PART, (part, name?: string) => {
      if (name === undefined) return part[0]!;
      const value = name === "pageContent" ? pageContent : metadata?.[name];
      return value === undefined || value === null ? "" : String(value);
    });
}
