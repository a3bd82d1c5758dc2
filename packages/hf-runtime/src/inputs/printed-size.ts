import type { Interpreter } from "@huggingface/jinja";

type Value = ReturnType<Interpreter["evaluate"]>;

/** Size of a printed value. */
interface Size {
  /** Maximum number of characters. */
  readonly characters: number;
  /** Number of values: the value itself and all values inside it, each as many times as it occurs. */
  readonly nodes: number;
}

/** Size of a number or a word such as `false`, more than most have. */
const LEAF: Size = { characters: 24, nodes: 1 };
/** Characters around an entry: separators, quotes and indentation. */
const AROUND = 12;

/** Lists and dictionaries never change once a template has made them. */
const known = new WeakMap<Value, Size>();

/**
 * Maximum number of characters of a printed value. A list may contain the same list twice, which contains another list twice, and so on: a value
 * of few objects can be too long for any memory when it is printed.
 */
export function printedSize(value: Value): number {
  return sizeOf(value).characters;
}

function sizeOf(value: Value): Size {
  const content: unknown = value?.value;
  if (typeof content === "string") return { characters: content.length, nodes: 1 };
  // Namespaces can change, so their size is not cached. They are not printed.
  if (value?.type === "NamespaceValue") return LEAF;
  if (!Array.isArray(content) && !(content instanceof Map)) return LEAF;
  const before = known.get(value);
  if (before) return before;
  let characters = LEAF.characters;
  let nodes = 1;
  for (const [key, entry] of content.entries() as Iterable<[string | number, Value]>) {
    const size = sizeOf(entry);
    nodes += size.nodes;
    characters += size.characters + AROUND * size.nodes;
    if (typeof key === "string") characters += key.length;
  }
  const size = { characters, nodes };
  known.set(value, size);
  return size;
}
