import { InvalidJsonError } from "../errors/invalid-json-error.js";
import type { JsonNode } from "./json-node.js";
import { jsonStringSize } from "./json-string.js";

/** Maximum number of nested objects and lists; Python's `json` fails soon after. */
const MAX_DEPTH = 900;
/** Length of Python's ", " and ": ". */
const SEPARATOR_SIZE = 2;

interface Open {
  readonly entries: Map<string, JsonNode> | undefined;
  readonly items: JsonNode[] | undefined;
  key: string;
  size: number;
}

/** Builds nodes from values and marks, in the order of a JSON text. */
export class NodeBuilder {
  #result: JsonNode | undefined;
  readonly #open: Open[] = [];

  /** @param convertLists whether to turn lists into dicts, with the indices as keys */
  constructor(private readonly convertLists: boolean) {}

  /** The finished node. Read it when everything is closed. */
  get result(): JsonNode {
    return this.#result as JsonNode;
  }

  /** Path of the next value, such as `$.pages[2]`. */
  get place(): string {
    const steps = this.#open.slice(0, 8).map(({ items, key }) => (items ? `[${items.length}]` : `.${key}`));
    return `$${steps.join("")}${this.#open.length > steps.length ? "…" : ""}`;
  }

  /** @param number the text that Python writes, if the value is a number */
  scalar(value: unknown, number?: string): void {
    const size = number?.length ?? (typeof value === "string" ? jsonStringSize(value) : String(value).length);
    this.#add({ kind: "scalar", value, number, size });
  }

  /** @throws {InvalidJsonError} if it is too deep */
  openDict(): void {
    this.#push({ entries: new Map(), items: undefined, key: "", size: 2 });
  }

  /** @throws {InvalidJsonError} if it is too deep */
  openList(): void {
    this.#push({ entries: undefined, items: [], key: "", size: 2 });
  }

  /** Sets the key of the next value in the open dict. */
  key(key: string): void {
    this.#open[this.#open.length - 1]!.key = key;
  }

  close(): void {
    const { entries, items, size } = this.#open.pop()!;
    if (entries !== undefined) this.#add({ kind: "dict", entries, size });
    else if (this.convertLists) this.#add(toDict(items!));
    else this.#add({ kind: "list", items: items!, size });
  }

  #push(open: Open): void {
    if (this.#open.length >= MAX_DEPTH) {
      const expected = `JSON of at most ${MAX_DEPTH} nested objects and lists`;
      throw new InvalidJsonError(expected, `more at ${this.place}`, "Split its parts instead.");
    }
    this.#open.push(open);
  }

  #add(node: JsonNode): void {
    const parent = this.#open[this.#open.length - 1];
    if (parent === undefined) {
      this.#result = node;
      return;
    }
    const { entries, items, key } = parent;
    if (items !== undefined) {
      parent.size += node.size + (items.length > 0 ? SEPARATOR_SIZE : 0);
      items.push(node);
      return;
    }
    // If a key occurs twice, the last value counts, at the place of the first one.
    const before = entries!.get(key);
    parent.size += before === undefined ? entrySize(key, node, entries!.size > 0) : node.size - before.size;
    entries!.set(key, node);
  }
}

/** The size that an entry adds to its dict. */
export function entrySize(key: string, node: JsonNode, hasOthers: boolean): number {
  return jsonStringSize(key) + SEPARATOR_SIZE + node.size + (hasOthers ? SEPARATOR_SIZE : 0);
}

function toDict(items: readonly JsonNode[]): JsonNode {
  const entries = new Map(items.map((item, index) => [String(index), item]));
  const size = items.reduce((sum, item, index) => sum + entrySize(String(index), item, index > 0), 2);
  return { kind: "dict", entries, size };
}
