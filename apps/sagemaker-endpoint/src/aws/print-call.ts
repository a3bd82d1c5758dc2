import type { AwsCall } from "./aws-call.js";

/** One call, readable and complete, as `--dry-run` prints it. */
export function printCall({ service, operation, input, bodyFile }: AwsCall): string {
  const body = bodyFile === undefined ? "" : ` < ${bodyFile}`;
  return `${service} ${operation}${body}\n${JSON.stringify(input, undefined, 2)}`;
}
