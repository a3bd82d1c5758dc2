/** `npm run verify:aws -- ENDPOINT`: checks scores, order, errors and latency of a SageMaker endpoint. */
import { parseArgs } from "node:util";
import { contentHandlers, SagemakerEndpointCrossEncoder } from "@secondpass/cross-encoders/sagemaker";
import { UsageError } from "./errors/usage-error.js";
import { runVerification } from "./run-verification.js";
import type { CheckList } from "./verify/check-list.js";
import { verifyEndpoint } from "./verify/verify-endpoint.js";

const HANDLERS = {
  pairs: contentHandlers.pairs,
  textPairs: contentHandlers.textPairs,
  teiRerank: contentHandlers.teiRerank,
  huggingFaceTextClassification: contentHandlers.huggingFaceTextClassification,
  cohere: contentHandlers.cohere,
} as const;

const HELP = `Usage: npm run verify:aws -- ENDPOINT [options]

Requests scores of English pairs from a SageMaker endpoint and checks their number, order and repeatability, long texts, an unknown name,
and the time. Credentials come from where the AWS SDK finds them. It costs about twenty small requests.

  --region NAME    (the SDK's)
  --handler NAME   the payload of its container: ${Object.keys(HANDLERS).join(", ")} (pairs)
  --help

Exit codes: 0 all checks passed, 1 a check failed or could not run, 2 the command line is invalid.
Our own tests run it against our container behind a simulated SageMaker runtime on loopback; nobody has run it against AWS yet.
`;

await runVerification(HELP, async (args: readonly string[], checks: CheckList) => {
  const { endpointName, region, handler } = options(args);
  const open = (name: string) =>
    new SagemakerEndpointCrossEncoder({
      endpointName: name,
      contentHandler: HANDLERS[handler](),
      ...(region === undefined ? {} : { region }),
    });
  await verifyEndpoint(endpointName, open, checks);
});

function options(args: readonly string[]) {
  const { values, positionals } = read(args);
  const [endpointName, ...more] = positionals;
  if (endpointName === undefined || more.length > 0) {
    throw new UsageError(`Expected the name of one endpoint, got ${positionals.length} names.`);
  }
  if (!Object.hasOwn(HANDLERS, values.handler)) {
    throw new UsageError(
      `Expected --handler to be one of ${Object.keys(HANDLERS).join(", ")}, got "${values.handler}".`,
    );
  }
  return { endpointName, region: values.region, handler: values.handler as keyof typeof HANDLERS };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { region: { type: "string" }, handler: { type: "string", default: "pairs" } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
