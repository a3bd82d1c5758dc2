import type { ProtocolReading } from "../protocols/protocol.js";

const SERVER_STATE = {
  type: "object",
  properties: { status: { const: "ready" } },
  required: ["status"],
  additionalProperties: false,
};

/** The server's own paths, which no protocol brings, for its description. */
export const OWN_READINGS: readonly Omit<ProtocolReading, "answer">[] = [
  ...["/health", "/ping", "/"].map((path) => ({
    path,
    summary: "Whether all models are loaded and work",
    answerSchema: SERVER_STATE,
  })),
  {
    path: "/ready",
    summary: "Whether it takes requests: all models are loaded and work, and it is not about to close",
    answerSchema: SERVER_STATE,
  },
];
