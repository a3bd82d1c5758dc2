import type { JsonNode } from "./json-node.js";
import { jsonString } from "./json-string.js";

/** Writes JSON as Python's `json.dumps` does. */
export function dumpJson(node: JsonNode, ensureAscii: boolean): string {
  const parts: string[] = [];
  const write = (value: JsonNode) => {
    if (value.kind === "scalar") {
      parts.push(
        typeof value.value === "string"
          ? jsonString(value.value, ensureAscii)
          : (value.number ?? String(value.value)),
      );
      return;
    }
    parts.push(value.kind === "list" ? "[" : "{");
    let separator = "";
    if (value.kind === "list") {
      for (const item of value.items) {
        parts.push(separator);
        write(item);
        separator = ", ";
      }
    } else {
      for (const [key, item] of value.entries) {
        parts.push(separator, jsonString(key, ensureAscii), ": ");
        write(item);
        separator = ", ";
      }
    }
    parts.push(value.kind === "list" ? "]" : "}");
  };
  write(node);
  return parts.join("");
}
