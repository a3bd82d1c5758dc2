import { constantSchema, objectSchema } from "../payloads/values/object-schema.js";
import type { InfoRoute } from "../protocols/protocol.js";

const HEALTHY = "Whether all models are loaded and work";

/** The server's own paths, which belong to no protocol, for its description. */
export const OWN_INFO_ROUTES: readonly Omit<InfoRoute, "answer">[] = [
  infoRoute("/", HEALTHY, "ready"),
  infoRoute("/health", HEALTHY, "ready"),
  infoRoute("/ping", HEALTHY, "ready"),
  infoRoute(
    "/ready",
    "Whether it accepts requests: all models are loaded and work, and it is not about to close",
    "ready",
  ),
  infoRoute("/live", "Whether the process answers", "live"),
];

function infoRoute(path: string, summary: string, status: string): Omit<InfoRoute, "answer"> {
  return { path, summary, answerSchema: objectSchema({ status: constantSchema(status) }) };
}
