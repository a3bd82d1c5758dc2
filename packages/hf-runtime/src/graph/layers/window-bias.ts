import type { Value } from "../onnx/graph-builder.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";
import { offsets } from "./offsets.js";
import type { Reach, ScoreBias } from "./score-bias.js";

/** The reach of a causal model: a token and all tokens before it. */
export const CAUSAL: Reach = { before: Number.POSITIVE_INFINITY, after: 0 };

/** Hides tokens out of reach: 0 for a token that a query may attend to, {@link MASKED} for the others. */
export function windowBias(m: ModelBuilder, reach: Reach): ScoreBias {
  const { graph } = m;
  const { before, after } = reach;
  return {
    name: `window of ${before} and ${after}`,
    of(places) {
      const distance = offsets(m, places);
      const hidden: Value[] = [];
      if (Number.isFinite(before)) hidden.push(graph.op("Greater", [distance, graph.int64(before)]));
      if (Number.isFinite(after)) hidden.push(graph.op("Less", [distance, graph.int64(-after)]));
      const isHidden = hidden.reduce((one, other) => graph.op("Or", [one, other]));
      const bias = graph.op("Where", [isHidden, graph.float32(MASKED), graph.float32(0)]);
      return graph.op("Unsqueeze", [bias, graph.int64s([0, 1])]);
    },
    reach,
  };
}
