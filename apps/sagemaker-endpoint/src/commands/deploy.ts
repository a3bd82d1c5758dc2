import type { Aws } from "../aws/aws-call.js";
import { callText } from "../aws/call-text.js";
import { describeEndpoint } from "../aws/describe-endpoint.js";
import { UsageError } from "../errors/usage-error.js";
import type { DeployOptions } from "./deploy-options.js";
import { planDeployment } from "./plan-deployment.js";
import { type RunOptions, runPlan } from "./run-plan.js";

/**
 * Creates an endpoint and everything it needs, and waits until it is in service. A dry run prints the calls instead and
 * sends none.
 *
 * @throws {DeployError} if a step failed; everything created before is removed again
 * @throws {UsageError} if an endpoint with that name exists
 */
export async function deploy(
  aws: Aws,
  options: DeployOptions,
  run: RunOptions,
  now = new Date(),
): Promise<void> {
  const steps = planDeployment(options, now);
  if (options.dryRun) {
    for (const { call } of steps) run.report(callText(call));
    return;
  }
  const { status } = await describeEndpoint(aws, options.name);
  if (status !== undefined) {
    throw new UsageError(
      `Expected no endpoint "${options.name}", there is one (${status}). Delete it first.`,
    );
  }
  await runPlan(aws, options.name, steps, run);
  run.report(`Endpoint "${options.name}" is in service.`);
}
