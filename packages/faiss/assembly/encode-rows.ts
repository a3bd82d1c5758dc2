import { bindGraph, codeOf, rowOf } from "./graph";
import {
  CODE_ERROR,
  CODE_HEADER,
  CODE_SQUARE,
  CODE_TERM,
  GRAPH_CENTRE,
  GRAPH_CODE_STRIDE,
  GRAPH_ENCODED,
  GRAPH_MAX_CENTRED,
  GRAPH_MAX_CODE,
  GRAPH_MAX_NORM,
  GRAPH_METRIC,
  GRAPH_STRIDE,
  GRAPH_SUM_ERRORS,
  GRAPH_SUM_SQUARES,
} from "./graph-layout";
import { METRIC_IP, METRIC_L2 } from "./layout";
import { quantizeRow, roundUp, rowCentred, rowCoded, rowError } from "./quantize";
import { exactScore } from "./score-row";

/**
 * Fills the codes of nodes first…last-1. With c the centre and x' = x - c ≈ scale·code, a code's header has
 * - the term: |scale·code|² for L2, c·x - |c|²/2 for the inner product, which is x'·y' + term(x) + term(y);
 * - the error, at least |x' - scale·code|, and the square |x'|², by which a walk bounds the error of a code.
 */
export function encodeRows(graph: usize, first: u32, last: u32): void {
  bindGraph(graph);
  const stride: usize = load<u32>(graph, GRAPH_STRIDE);
  const codeLength = <usize>load<u32>(graph, GRAPH_CODE_STRIDE) - CODE_HEADER;
  const centre: usize = load<u32>(graph, GRAPH_CENTRE);
  const isL2 = load<i32>(graph, GRAPH_METRIC) == METRIC_L2;
  const halfCentre = exactScore(METRIC_IP, centre, centre, stride) * 0.5;
  for (let node = first; node < last; node++) {
    const row = rowOf(node);
    const code = codeOf(node);
    store<f32>(code, quantizeRow(row, centre, stride, codeLength, code + CODE_HEADER));
    // Use the squared norm of the code, so that a code's distance to itself is zero.
    const term = isL2 ? rowCoded : exactScore(METRIC_IP, centre, row, stride) - halfCentre;
    store<f32>(code, <f32>term, CODE_TERM);
    store<f32>(code, roundUp(sqrt(rowError)), CODE_ERROR);
    store<f32>(code, <f32>rowCentred, CODE_SQUARE);
    addTo(graph + GRAPH_SUM_ERRORS, rowError);
    addTo(graph + GRAPH_SUM_SQUARES, rowCentred);
    raise(graph + GRAPH_MAX_NORM, exactScore(METRIC_IP, row, row, stride));
    raise(graph + GRAPH_MAX_CENTRED, rowCentred);
    raise(graph + GRAPH_MAX_CODE, rowCoded);
  }
  store<u32>(graph, last, GRAPH_ENCODED);
}

/** Raises a maximum of norms to the square root of `squares`. */
// @ts-ignore: decorator
@inline
function raise(maximum: usize, squares: f64): void {
  store<f32>(maximum, max(load<f32>(maximum), roundUp(sqrt(squares))));
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, squares: f64): void {
  store<f64>(sum, load<f64>(sum) + squares);
}
