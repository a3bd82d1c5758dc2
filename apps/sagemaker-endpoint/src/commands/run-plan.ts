import type { Aws, AwsCall } from "../aws/aws-call.js";
import { waitUntilGone } from "../aws/wait-until-gone.js";
import { waitUntilInService } from "../aws/wait-until-in-service.js";
import { waitUntilSettled } from "../aws/wait-until-settled.js";
import type { WatchOptions } from "../aws/watch-endpoint.js";
import { DeployError } from "../errors/deploy-error.js";
import type { PlanStep } from "./plan-deployment.js";

/** Options of {@link runPlan}. */
export interface RunOptions extends WatchOptions {
  /** Called with each line of progress. */
  readonly report: (line: string) => void;
}

/**
 * Runs a plan. If a step fails or the signal aborts, everything made so far is removed again, last first.
 *
 * @throws {DeployError} if a step failed; names it, and resources that could not be removed
 */
export async function runPlan(
  aws: Aws,
  endpointName: string,
  steps: readonly PlanStep[],
  options: RunOptions,
): Promise<void> {
  const done: PlanStep[] = [];
  for (const [index, step] of steps.entries()) {
    const { operation } = step.call;
    try {
      options.signal?.throwIfAborted();
      options.report(`[${index + 1}/${steps.length}] ${operation}`);
      await aws.send(step.call);
      done.push(step);
      if (step.thenWait) await waitUntilInService(aws, endpointName, withProgress(options));
    } catch (error) {
      const cause = options.signal?.aborted ? options.signal.reason : error;
      options.report(`${operation} failed, removing everything created before`);
      throw new DeployError(operation, await rollBack(aws, endpointName, done, options), cause);
    }
  }
}

/**
 * Undoes steps, last first. If an endpoint could not be removed, everything that it needs stays.
 *
 * @returns descriptions of resources that could not be removed
 */
async function rollBack(
  aws: Aws,
  endpointName: string,
  done: readonly PlanStep[],
  options: RunOptions,
): Promise<string[]> {
  const leftOver: string[] = [];
  let endpointStays = false;
  for (const { undo } of [...done].reverse()) {
    if (!endpointStays) {
      options.report(`undo: ${undo.operation}`);
      const removal = remove(aws, endpointName, undo, { ...options, signal: undefined });
      const isGone = await removal.then(
        () => true,
        () => false,
      );
      if (isGone) continue;
    }
    endpointStays ||= undo.operation === "DeleteEndpoint";
    leftOver.push(`${undo.operation} ${JSON.stringify(undo.input)}`);
  }
  return leftOver;
}

/**
 * Sends a call that removes something. SageMaker removes an endpoint only after it has been created, and the parts of an endpoint
 * only after the endpoint.
 */
export async function remove(
  aws: Aws,
  endpointName: string,
  call: AwsCall,
  options: RunOptions,
): Promise<void> {
  const isEndpoint = call.operation === "DeleteEndpoint";
  if (isEndpoint) await waitUntilSettled(aws, endpointName, withProgress(options));
  await aws.send(call);
  if (isEndpoint) await waitUntilGone(aws, endpointName, withProgress(options));
}

function withProgress(options: RunOptions): WatchOptions {
  return {
    ...options,
    onPoll: (status, elapsedMs) => options.report(`  ${status} after ${Math.round(elapsedMs / 1000)} s`),
  };
}
