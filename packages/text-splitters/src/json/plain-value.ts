import type { JsonNode } from "./json-node.js";

/** A node as objects and lists of its own; scalars as they came. */
export function plainValue(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainValue);
  // Own properties by definition: a key "__proto__" stays one.
  return Object.fromEntries(Array.from(node.entries, ([key, value]) => [key, plainValue(value)]));
}
