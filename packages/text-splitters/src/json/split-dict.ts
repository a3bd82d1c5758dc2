import type { WorkSlices } from "@secondpass/core";
import type { JsonDict, JsonNode } from "./json-node.js";
import { entrySize } from "./node-builder.js";

/** Sizes of chunks, in characters of Python's `json.dumps`. */
export interface ChunkSizes {
  readonly maxChunkSize: number;
  /** A chunk of at least this size gets no more entries once one does not fit. */
  readonly minChunkSize: number;
}

/** A dict whose entries are being divided among chunks. */
interface Level {
  readonly entries: Iterator<readonly [string, JsonNode]>;
  readonly key: string;
  /** Number of the chunk that has `copy`. */
  chunk: number;
  /** Copy of this dict in the last chunk that has entries of it. */
  copy: GrowingDict;
}

interface GrowingDict extends JsonDict {
  readonly entries: Map<string, JsonNode>;
}

/** Divides a dict into chunks, each with the keys that lead to its entries, by the rules of Python's `RecursiveJsonSplitter`. */
export async function splitDict(dict: JsonDict, sizes: ChunkSizes, slices: WorkSlices): Promise<JsonDict[]> {
  const chunks = [emptyDict()];
  let size = EMPTY_SIZE;
  const levels: Level[] = [{ entries: dict.entries.entries(), key: "", chunk: 0, copy: chunks[0]! }];

  const add = (copy: GrowingDict, key: string, value: JsonNode) => {
    size += entrySize(key, value, copy.entries.size > 0);
    copy.entries.set(key, value);
  };
  /** The copy of the innermost open dict in the last chunk. */
  const copyOf = (depth: number): GrowingDict => {
    const level = levels[depth]!;
    const last = chunks.length - 1;
    if (level.chunk === last) return level.copy;
    level.chunk = last;
    level.copy = depth === 0 ? chunks[last]! : emptyDict();
    if (depth > 0) add(copyOf(depth - 1), level.key, level.copy);
    return level.copy;
  };

  while (levels.length > 0) {
    const { done, value: entry } = levels[levels.length - 1]!.entries.next();
    if (done) {
      levels.pop();
      continue;
    }
    const [key, value] = entry;
    const fits = EMPTY_SIZE + entrySize(key, value, false) < sizes.maxChunkSize - size;
    if (!fits && size >= sizes.minChunkSize) {
      chunks.push(emptyDict());
      size = EMPTY_SIZE;
    }
    if (!fits && value.kind === "dict" && value.entries.size > 0) {
      levels.push({ entries: value.entries.entries(), key, chunk: -1, copy: emptyDict() });
    } else {
      add(copyOf(levels.length - 1), key, value);
    }
    if (slices.due()) await slices.pause();
  }
  if (chunks[chunks.length - 1]!.entries.size === 0) chunks.pop();
  return chunks;
}

/** Length of `{}`. */
const EMPTY_SIZE = 2;

function emptyDict(): GrowingDict {
  return { kind: "dict", entries: new Map(), size: EMPTY_SIZE };
}
