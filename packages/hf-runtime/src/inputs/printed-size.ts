import type { Interpreter } from "@huggingface/jinja";

type Value = ReturnType<Interpreter["evaluate"]>;

/** How much of a value there is to print. */
interface Size {
  /** Characters, at most. */
  readonly characters: number;
  /** The value itself and all that it holds, each as often as it is held. */
  readonly nodes: number;
}

/** Characters of a number or a word such as `false`; more than most have. */
const LEAF: Size = { characters: 24, nodes: 1 };
/** Characters around an entry: separators, quotes and the indentation of each level. */
const AROUND = 12;

/** Lists and dictionaries never change once a template has made them. */
const known = new WeakMap<Value, Size>();

/**
 * Characters that a value takes at most when it is printed. A list may hold the same list twice, which holds another twice…: so a value of a
 * few objects can take more than any memory.
 */
export function printedSize(value: Value): number {
  return sizeOf(value).characters;
}

function sizeOf(value: Value): Size {
  const content: unknown = value?.value;
  if (typeof content === "string") return { characters: content.length, nodes: 1 };
  // Namespaces change, and are not printed.
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
