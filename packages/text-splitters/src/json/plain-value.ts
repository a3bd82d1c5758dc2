import type { JsonNode } from "./json-node.js";

/** Converts a node to new plain objects and lists; scalars are unchanged. */
export function plainValue(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainValue);
  // Object.fromEntries defines own properties, also for the key "__proto__".
  return Object.fromEntries(Array.from(node.entries, ([key, value]) => [key, plainValue(value)]));
}
