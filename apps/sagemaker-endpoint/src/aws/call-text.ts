import type { AwsCall } from "./aws-call.js";

/** Formats a call with its whole input, as `--dry-run` prints it. */
export function callText({ service, operation, input, bodyFile }: AwsCall): string {
  const body = bodyFile === undefined ? "" : ` < ${bodyFile}`;
  return `${service} ${operation}${body}\n${JSON.stringify(input, undefined, 2)}`;
}
