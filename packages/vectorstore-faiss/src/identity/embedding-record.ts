import type { EmbeddingIdentity } from "@secondpass/core";
import { shortText } from "./short-text.js";

const TEXTS = ["model", "revision", "fingerprint", "queryPrompt", "documentPrompt"] as const;
/** Fields that may not be empty: "" is a prompt, but not a name. */
const NAMES: readonly string[] = ["model", "revision", "fingerprint"];

/** Names that are not recorded: paths of this machine (`/models/e5`, `./e5`, `~/e5`, `C:\e5`), and addresses, which may contain passwords. */
const PATH_OR_ADDRESS = /^[./\\~]|^[a-z]:[\\/]|:\/\//i;

/**
 * The record of embeddings that a store saves: the fields of an identity that are known and of the right type. Never a path of this machine.
 * @param value an identity from a class of others, or from a file
 */
export function embeddingRecord(value: unknown): EmbeddingIdentity {
  if (typeof value !== "object" || value === null) return {};
  const given = value as Readonly<Record<string, unknown>>;
  const record: Record<string, unknown> = {};
  for (const field of TEXTS) {
    const text = given[field];
    if (typeof text !== "string" || (text === "" && NAMES.includes(field))) continue;
    if (field === "model" && PATH_OR_ADDRESS.test(text)) continue;
    record[field] = shortText(text);
  }
  if (typeof given.normalized === "boolean") record.normalized = given.normalized;
  const { dimensions } = given;
  if (Number.isSafeInteger(dimensions) && (dimensions as number) > 0) record.dimensions = dimensions;
  return record;
}
