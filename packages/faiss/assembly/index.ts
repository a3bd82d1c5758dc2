/**
 * The kernels: exact scans and graph search over raw WASM memory. No runtime, no static data, no allocation: JavaScript
 * lays out all memory (src/kernels) and passes addresses. Several instances, one for each thread, may share one memory.
 */
export { bound, projectQueries, seed } from "./bound";
export { encodeRows } from "./encode-rows";
export { findLinks } from "./find-links";
export { commitLinks, mergeLinks } from "./merge-links";
export { multiplyCovariance, projectSegment } from "./project";
export { rabitqCentre, rabitqQuery } from "./rabitq-query";
export { rabitqScan, rabitqSums } from "./rabitq-scan";
export { measureRows, quantizeSegment } from "./quantize";
export { mixRows, rotateRows } from "./rotate-rows";
export { runJob, scan } from "./scan";
export { dotPair } from "./scan-batch";
export { scoreRows } from "./score-rows";
export { searchGraph } from "./search-graph";
