import type { InferenceSession } from "onnxruntime-node";
import type { SessionSpec } from "./session-spec.js";

/** onnxruntime's log level for errors only: its warnings tell of graph trivia that a user can do nothing about. */
const ERRORS_ONLY = 3;

/** onnxruntime-node's options for a session. Keys: onnxruntime_session_options_config_keys.h. */
export function sessionOptions(spec: SessionSpec): InferenceSession.SessionOptions {
  const session: Record<string, string> = {};
  if (spec.weightsFolder !== undefined)
    session.model_external_initializers_file_folder_path = spec.weightsFolder;
  if (spec.lowMemory) session.disable_prepacking = "1";
  return {
    executionProviders: [spec.device],
    intraOpNumThreads: spec.threads,
    interOpNumThreads: 1,
    // "parallel" halves the speed of transformer graphs, whose nodes form a chain.
    executionMode: "sequential",
    logSeverityLevel: ERRORS_ONLY,
    extra: { session },
  };
}
