import { setTimeout as sleep } from "node:timers/promises";
import { EndpointStateError } from "../errors/endpoint-state-error.js";
import type { Aws } from "./aws-call.js";
import { calls } from "./calls.js";

/** How an endpoint is watched. */
export interface WatchOptions {
  /** Between two looks, in ms. @default 15_000 */
  readonly pollMs?: number;
  /** Longest wait, in ms. @default 2_700_000 (45 min): large images on GPU instances take half an hour */
  readonly timeoutMs?: number;
  /** Told about every look. */
  readonly onLook?: (status: string, elapsedMs: number) => void;
  readonly signal?: AbortSignal;
}

const DEFAULT_POLL_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 45 * 60_000;
/** States that an endpoint under way passes through. */
const UNDER_WAY = ["Creating", "Updating", "SystemUpdating", "RollingBack"];

/** @throws {EndpointStateError} if the endpoint fails, or is not in service in time */
export async function waitUntilInService(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watch(aws, endpointName, options, ({ status, reason }) => {
    if (status === "InService") return true;
    if (status !== undefined && UNDER_WAY.includes(status)) return false;
    throw new EndpointStateError(endpointName, status ?? "gone", reason);
  });
}

/**
 * Waits until an endpoint is no longer being made or changed: until then SageMaker refuses to delete it.
 *
 * @throws {EndpointStateError} if it still is when the time is over
 */
export async function waitUntilSettled(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watch(
    aws,
    endpointName,
    options,
    ({ status }) => status === undefined || !UNDER_WAY.includes(status),
  );
}

/** @throws {EndpointStateError} if the endpoint is still there when the time is over */
export async function waitUntilGone(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watch(aws, endpointName, options, ({ status }) => status === undefined);
}

/** What an endpoint is doing. */
export interface EndpointState {
  /** Undefined: there is no such endpoint. */
  readonly status: string | undefined;
  readonly reason?: string;
  readonly configName?: string;
}

export async function describeEndpoint(aws: Aws, endpointName: string): Promise<EndpointState> {
  try {
    const found = await aws.send(calls.describeEndpoint({ EndpointName: endpointName }));
    return {
      status: String(found.EndpointStatus),
      reason: found.FailureReason as string | undefined,
      configName: found.EndpointConfigName as string | undefined,
    };
  } catch (error) {
    // SageMaker has no error of its own for what is not there.
    const isMissing = error instanceof Error && /could not find/i.test(error.message);
    if (isMissing) return { status: undefined };
    throw error;
  }
}

async function watch(
  aws: Aws,
  endpointName: string,
  options: WatchOptions,
  isDone: (state: EndpointState) => boolean,
): Promise<void> {
  const { pollMs = DEFAULT_POLL_MS, timeoutMs = DEFAULT_TIMEOUT_MS, onLook, signal } = options;
  const started = performance.now();
  for (;;) {
    const state = await describeEndpoint(aws, endpointName);
    const elapsed = performance.now() - started;
    onLook?.(state.status ?? "gone", elapsed);
    if (isDone(state)) return;
    if (elapsed > timeoutMs) {
      throw new EndpointStateError(
        endpointName,
        state.status ?? "gone",
        `not done within ${timeoutMs / 1000} s`,
      );
    }
    await sleep(pollMs, undefined, { signal });
  }
}
