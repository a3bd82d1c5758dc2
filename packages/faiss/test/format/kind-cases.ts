import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/** Search results of faiss: [queries, k]. */
export interface FoundByFaiss {
  readonly labels: Int32Array;
  readonly distances: Float32Array;
}

/** After a change. */
interface Changed extends FoundByFaiss {
  /** Of the file. */
  readonly sha256: string;
  readonly ntotal: number;
}

interface Facts {
  readonly name: string;
  /** The description for `index_factory`; null for kinds that have none. */
  readonly description: string | null;
  /** faiss's class name. */
  readonly kind: string;
}

/** A small index file of Python's faiss, and faiss's results with it. */
export interface KindCase extends Facts, FoundByFaiss {
  readonly ntotal: number;
  readonly bytes: Uint8Array;
  readonly queries: Float32Array;
  readonly added: Float32Array;
  /** Results after `added` was added, and after some ids were removed; null if faiss does not support it. */
  readonly afterAdd: Changed | null;
  readonly afterRemove: Changed | null;
}

/** The first bytes of a file of a kind that this package does not read. */
export interface OtherKindCase extends Facts {
  readonly head: Uint8Array;
}

/** Arrays are in base64. */
type Packed<T> = { [Key in keyof T]: T[Key] extends string | number | null ? T[Key] : string };

type PackedCase = Facts & {
  ntotal: number;
  /** Name of the queries and added rows of this case. */
  rows: string;
  deflated: string;
  labels: string;
  distances: string;
  afterAdd: Packed<Changed> | null;
  afterRemove: Packed<Changed> | null;
};

const path = join(__dirname, "..", "goldens", "faiss-kinds.json");
const golden = JSON.parse(readFileSync(path, "utf8")) as {
  k: number;
  efSearch: number;
  removed: readonly number[];
  removedIds: readonly number[];
  rows: Readonly<Record<string, { queries: string; added: string }>>;
  cases: readonly (PackedCase | (Facts & { head: string }))[];
};

/** `efSearch`: for searches after a change. `removedIds`: ids removed from maps, `removed`: from all others. */
export const { k, efSearch, removed, removedIds } = golden;

/** Written by tools/oracle/faiss_kinds.py with Python's faiss. */
export const kindCases: readonly KindCase[] = golden.cases.flatMap((packed) => {
  if ("head" in packed) return [];
  const { name, description, kind, ntotal, rows, deflated, afterAdd, afterRemove } = packed;
  const { queries, added } = golden.rows[rows]!;
  return [
    {
      ...{ name, description, kind, ntotal },
      ...found(packed),
      bytes: inflated(deflated),
      queries: floats(queries),
      added: floats(added),
      afterAdd: afterAdd && { ...afterAdd, ...found(afterAdd) },
      afterRemove: afterRemove && { ...afterRemove, ...found(afterRemove) },
    },
  ];
});

/** The first case of each class that is not among `known`. */
export function firstOfClasses(known: Iterable<string>): readonly KindCase[] {
  const seen = new Set(known);
  return kindCases.filter(({ kind }) => {
    const isNew = !seen.has(kind);
    seen.add(kind);
    return isNew;
  });
}

/** Kinds that faiss makes and this package does not read. */
export const otherKindCases: readonly OtherKindCase[] = golden.cases.flatMap((packed) =>
  "head" in packed ? [{ ...packed, head: inflated(packed.head) }] : [],
);

function found({ labels, distances }: Packed<FoundByFaiss>): FoundByFaiss {
  return { labels: new Int32Array(bytesOf(labels)), distances: floats(distances) };
}

function floats(packed: string): Float32Array {
  return new Float32Array(bytesOf(packed));
}

function inflated(packed: string): Uint8Array {
  return new Uint8Array(inflateSync(Buffer.from(packed, "base64")));
}

function bytesOf(packed: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(packed, "base64")).buffer;
}
