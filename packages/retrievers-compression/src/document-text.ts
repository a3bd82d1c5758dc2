import type { DocumentInterface } from "@langchain/core/documents";
import { checkText, InvalidOptionError } from "@secondpass/core";

/** The text that is read of a document: a template with `{pageContent}` and metadata fields, or a function. */
export type DocumentText = string | ((document: DocumentInterface) => string);

/** An escaped brace, or a name in braces. Other braces are mistakes. */
const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/**
 * Makes a function from a document to the text that is read of it.
 * @throws {InvalidOptionError} if the value is neither a template nor a function, or if a brace of the template belongs to no name
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
      "a template whose braces contain names",
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
