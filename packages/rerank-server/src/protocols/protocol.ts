import type { Payload } from "../payloads/payload.js";

/** One of the rerank protocols of the field: which paths it has, and which bodies it takes there. */
export interface Protocol {
  /** For people. */
  readonly name: string;
  readonly routes: readonly ProtocolRoute[];
}

/** A path that scores. */
export interface ProtocolRoute {
  /** Such as "/rerank". Answered to POST. */
  readonly path: string;
  /** Bodies taken there; the first that matches reads it. */
  readonly payloads: readonly Payload[];
}
