import { delay } from "@secondpass/core";
import { EndpointStateError } from "../errors/endpoint-state-error.js";
import type { Aws } from "./aws-call.js";
import { describeEndpoint, type EndpointState } from "./describe-endpoint.js";

/** Options of {@link watchEndpoint}. */
export interface WatchOptions {
  /** Time between two requests for the state, in ms. @default 15_000 */
  readonly pollMs?: number;
  /** Longest wait, in ms. @default 2_700_000 (45 min): large images on GPU instances take half an hour */
  readonly timeoutMs?: number;
  /** Called with each state. */
  readonly onPoll?: (status: string, elapsedMs: number) => void;
  readonly signal?: AbortSignal;
}

const DEFAULT_POLL_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 45 * 60_000;

/**
 * Requests the state of an endpoint repeatedly until `isDone`.
 *
 * @throws {EndpointStateError} if it is not done in time
 */
export async function watchEndpoint(
  aws: Aws,
  endpointName: string,
  options: WatchOptions,
  isDone: (state: EndpointState) => boolean,
): Promise<void> {
  const { pollMs = DEFAULT_POLL_MS, timeoutMs = DEFAULT_TIMEOUT_MS, onPoll, signal } = options;
  const started = performance.now();
  for (;;) {
    const state = await describeEndpoint(aws, endpointName);
    const elapsed = performance.now() - started;
    onPoll?.(state.status ?? "gone", elapsed);
    if (isDone(state)) return;
    if (elapsed > timeoutMs) {
      throw new EndpointStateError(
        endpointName,
        state.status ?? "gone",
        `not done within ${timeoutMs / 1000} s`,
      );
    }
    await delay(pollMs, signal);
  }
}
