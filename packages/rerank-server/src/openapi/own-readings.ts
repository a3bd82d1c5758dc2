import { constantSchema, objectSchema } from "../payloads/values/object-schema.js";
import type { ProtocolReading } from "../protocols/protocol.js";

const HEALTHY = "Whether all models are loaded and work";

/** The server's own paths, which belong to no protocol, for its description. */
export const OWN_READINGS: readonly Omit<ProtocolReading, "answer">[] = [
  reading("/", HEALTHY, "ready"),
  reading("/health", HEALTHY, "ready"),
  reading("/ping", HEALTHY, "ready"),
  reading(
    "/ready",
    "Whether it accepts requests: all models are loaded and work, and it is not about to close",
    "ready",
  ),
  reading("/live", "Whether the process answers", "live"),
];

function reading(path: string, summary: string, status: string): Omit<ProtocolReading, "answer"> {
  return { path, summary, answerSchema: objectSchema({ status: constantSchema(status) }) };
}
