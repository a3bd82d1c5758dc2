/**
 * The kernels: exact scans and graph search over raw WASM memory. No runtime, no static data, no allocation: JavaScript
 * lays out all memory (src/kernels) and passes addresses. Several instances, one a thread, may share one memory.
 */
export { encodeRows } from "./encode-rows";
export { insertNode } from "./insert-node";
export { measureRows, quantizeSegment } from "./quantize";
export { scan } from "./scan";
export { searchGraph } from "./search-graph";
