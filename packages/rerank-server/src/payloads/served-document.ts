import type { Field } from "./values/field.js";
import { isObject } from "./values/is-object.js";
import { unexpected } from "./values/unexpected.js";

/** A document of a request, with the text to score. */
export interface ServedDocument {
  readonly text: string;
  /** The document for a client that wants it back: objects are returned whole. */
  readonly whole: object;
}

/** Schema of a document: a string, or an object with texts. */
export const DOCUMENT_SCHEMA = { anyOf: [{ type: "string" }, { type: "object" }] };

/**
 * Reads a document: a string, `{text}`, an object with `rank_fields`, or vLLM's `{content: [{type: "text", text}]}`.
 *
 * @param rankFields fields to score, joined as lines "field: value". @default `text` alone
 * @throws {RequestError} 422 if it is something else
 */
export function servedDocument(
  document: unknown,
  where: string,
  rankFields: readonly string[] | undefined,
): ServedDocument {
  if (typeof document === "string") return { text: document, whole: { text: document } };
  if (!isObject(document)) throw unexpected(where, 'a string or an object such as {"text": text}', document);
  if (rankFields !== undefined && rankFields.length > 0) {
    const lines = rankFields.flatMap((field) => lineOf(document, field, `${where}.${field}`));
    if (lines.length > 0) return { text: lines.join("\n"), whole: document };
    throw unexpected(where, "an object with one of the `rank_fields`", document);
  }
  if (Array.isArray(document.content) && document.text === undefined) {
    const text = document.content
      .map((part, index) => partText(part, `${where}.content[${index}]`))
      .join("\n");
    return { text, whole: { text } };
  }
  if (typeof document.text === "string") return { text: document.text, whole: document };
  throw unexpected(`${where}.text`, "a string (or name the fields to score in `rank_fields`)", document.text);
}

/** Reads one document, or a list of them. */
export function servedDocuments(
  documents: unknown,
  where: string,
  rankFields: readonly string[] | undefined,
): ServedDocument[] {
  if (typeof documents === "string") return [servedDocument(documents, where, rankFields)];
  if (!Array.isArray(documents)) throw unexpected(where, "a list", documents);
  return documents.map((each, index) => servedDocument(each, `${where}[${index}]`, rankFields));
}

/** Field of a request's documents, for its description. */
export const DOCUMENTS: Field<unknown> = {
  schema: { anyOf: [{ type: "string" }, { type: "array", items: DOCUMENT_SCHEMA }] },
  read: (value) => value,
};

function lineOf(document: Readonly<Record<string, unknown>>, field: string, where: string): string[] {
  const value = Object.hasOwn(document, field) ? document[field] : undefined;
  if (value === undefined || value === null) return [];
  if (["string", "number", "boolean"].includes(typeof value)) return [`${field}: ${value}`];
  throw unexpected(where, "a string, a number or a boolean", value);
}

function partText(part: unknown, where: string): string {
  if (isObject(part) && part.type === "text" && typeof part.text === "string") return part.text;
  throw unexpected(where, '{"type": "text", "text": text}; this server reads no images', part);
}
