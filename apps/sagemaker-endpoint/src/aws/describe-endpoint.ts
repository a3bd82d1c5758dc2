import type { Aws } from "./aws-call.js";
import { calls } from "./calls.js";

/** State of an endpoint. */
export interface EndpointState {
  /** Undefined if the endpoint does not exist. */
  readonly status: string | undefined;
  readonly reason?: string;
  readonly configName?: string;
}

/** Reads the state of an endpoint from SageMaker. */
export async function describeEndpoint(aws: Aws, endpointName: string): Promise<EndpointState> {
  try {
    const found = await aws.send(calls.describeEndpoint({ EndpointName: endpointName }));
    return {
      status: String(found.EndpointStatus),
      reason: found.FailureReason as string | undefined,
      configName: found.EndpointConfigName as string | undefined,
    };
  } catch (error) {
    // SageMaker has no special error for an endpoint that does not exist.
    const isMissing = error instanceof Error && /could not find/i.test(error.message);
    if (isMissing) return { status: undefined };
    throw error;
  }
}
