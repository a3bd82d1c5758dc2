/**
 * A trie over bytes in three flat arrays (a double array, after Aoe 1989): the child of a node along a byte is at
 * `base[node] ^ byte`, and exists only if its `label` is that byte. Every node with children has its own base, so the
 * label alone proves the parent.
 */
export interface DoubleArrayTrie {
  /** [slots] base of a node's children; 0 for none. */
  readonly base: Int32Array;
  /** [slots] byte that leads to the node. */
  readonly label: Uint8Array;
  /** [slots] value of the key that ends here, or -1. */
  readonly value: Int32Array;
}

/** Slot of the node that all keys start from. */
export const ROOT = 0;

/** Value of a key, or -1. */
export function lookUp(trie: DoubleArrayTrie, bytes: Uint8Array, start: number, end: number): number {
  let node = ROOT;
  for (let at = start; at < end; at++) {
    const base = trie.base[node]!;
    if (base === 0) return -1;
    node = base ^ bytes[at]!;
    if (trie.label[node] !== bytes[at]) return -1;
  }
  return trie.value[node]!;
}
