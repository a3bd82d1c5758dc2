import type { InferenceSession } from "onnxruntime-node";
import type { SessionSpec } from "./session-spec.js";

/** onnxruntime's log level that prints nothing. Failures arrive as errors, and warnings are about trivial details of the graph. */
const FATAL_ONLY = 4;

/** On a CPU, adding and normalising in one operator takes twice as long as in two. onnxruntime would fuse them by default. */
const SLOWER_FUSIONS = "SkipLayerNormFusion";

/**
 * How long threads that wait for work keep spinning before they sleep, in microseconds. Within a pass they wait less. By default the threads of a
 * new session spin for some 50 ms, in which they take a CPU from the rest of loading.
 */
const SPIN_US = 2000;

/** onnxruntime-node's options for a session. Keys: onnxruntime_session_options_config_keys.h. */
export function sessionOptions(spec: SessionSpec): InferenceSession.SessionOptions {
  const session: Record<string, unknown> = { intra_op: { spin_duration_us: `${SPIN_US}` } };
  if (spec.weightsFolder !== undefined)
    session.model_external_initializers_file_folder_path = spec.weightsFolder;
  if (spec.lowMemory) session.disable_prepacking = "1";
  // Threads that keep spinning after a pass take CPU time from the next model of the process, such as the reranker that follows an embedder.
  session.force_spinning_stop = "1";
  const optimization = spec.device === "cpu" ? { disable_specified_optimizers: SLOWER_FUSIONS } : {};
  return {
    executionProviders: [spec.device],
    intraOpNumThreads: spec.threads,
    interOpNumThreads: 1,
    // "parallel" halves the speed of transformer graphs, whose nodes form a chain.
    executionMode: "sequential",
    logSeverityLevel: FATAL_ONLY,
    extra: { session, optimization },
  };
}
