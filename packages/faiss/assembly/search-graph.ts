import { floatError, hasCode, prepareFar } from "./far-nodes";
import { bindGraph, FROM_ROWS, rowOf } from "./graph";
import { GRAPH_ENTRY, GRAPH_MAX_LEVEL, GRAPH_METRIC, GRAPH_RESULTS, GRAPH_STRIDE } from "./graph-layout";
import { heapPush, heapThreshold } from "./heap";
import { pairAt, sortHeap } from "./pair-heap";
import { exactScore } from "./score-row";
import { descend, descentDistance, searchLayer } from "./search-layer";

/**
 * Walks the graph over float32 rows as faiss does, keeping `ef` nodes, and puts them into `heap` by their exact
 * scores.
 * @param coded room for the query's int16 form
 */
export function searchGraph(graph: usize, query: usize, coded: usize, ef: i32, heap: usize): void {
  bindGraph(graph);
  prepareFar(graph, query, coded);
  const entry = load<i32>(graph, GRAPH_ENTRY);
  if (entry < 0) return;
  const nearest = descend(FROM_ROWS, graph, query, <u32>entry, load<i32>(graph, GRAPH_MAX_LEVEL), 0);
  const found = searchLayer(FROM_ROWS, graph, query, nearest, descentDistance, ef, 0);
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  const metric = load<i32>(graph, GRAPH_METRIC);
  const stride: usize = load<u32>(graph, GRAPH_STRIDE);
  // Nearest first, so that most of the others need no exact score: they cannot enter the heap any more.
  sortHeap(results, found);
  for (let i = 0; i < found; i++) {
    const node = load<u32>(pairAt(results, i), 4);
    const most = floatError - <f64>load<f32>(pairAt(results, i));
    if (hasCode(node) && most < heapThreshold(heap)) continue;
    heapPush(heap, exactScore(metric, query, rowOf(node), stride), node);
  }
}
