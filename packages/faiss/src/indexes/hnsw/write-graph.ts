import type { BinaryWriter } from "../../format/binary-writer.js";
import type { GraphLinks } from "../../kernels/graph-links.js";
import type { GraphState } from "./read-graph.js";

/** Nodes written in one step. */
const NODES_PER_PIECE = 4096;

/** The last field of an HNSW, unused since faiss 1.8. */
const UPPER_BEAM = 1;

/** Writes a graph as `readGraph` reads it. First yields the bytes that are already in the writer. */
export async function* writeGraph(
  writer: BinaryWriter,
  { levels, efConstruction, efSearch }: GraphState,
  graph: GraphLinks,
): AsyncGenerator<Uint8Array> {
  const ntotal = graph.count;
  writer.vector(levels.probabilities);
  writer.vector(levels.slots);
  writer.size(ntotal);
  for (let node = 0; node < ntotal; node++) {
    if (node % NODES_PER_PIECE === 0) yield writer.flush();
    writer.i32(graph.levelOf(node) + 1);
  }
  writer.size(ntotal + 1);
  writer.size(0);
  let offset = 0;
  for (let node = 0; node < ntotal; node++) {
    if (node % NODES_PER_PIECE === 0) yield writer.flush();
    offset += levels.slots[graph.levelOf(node) + 1]!;
    writer.size(offset);
  }
  writer.size(offset);
  yield writer.flush();
  for (let first = 0; first < ntotal; first += NODES_PER_PIECE) {
    writer.array(graph.copyLinks(first, Math.min(first + NODES_PER_PIECE, ntotal)));
    yield writer.flush();
  }
  writer.i32(graph.entry);
  writer.i32(graph.maxLevel);
  writer.i32(efConstruction);
  writer.i32(efSearch);
  writer.i32(UPPER_BEAM);
  yield writer.flush();
}
