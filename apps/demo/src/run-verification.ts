import { asCommandLineError } from "./as-command-line-error.js";
import { UsageError } from "./errors/usage-error.js";
import { CheckList } from "./verify/check-list.js";

/** Runs a verification as a program. Prints its checks, and sets the exit code: 0; 1 if a check failed or could not run; 2 if the command line is invalid. */
export async function runVerification(
  help: string,
  verify: (args: readonly string[], checks: CheckList) => Promise<void>,
): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(help);
    return;
  }
  const checks = new CheckList((line) => process.stdout.write(`${line}\n`));
  try {
    await verify(args, checks);
    process.exitCode = checks.end();
  } catch (thrown) {
    const error = asCommandLineError(thrown);
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`${process.env.DEBUG ? stack : message}\n`);
    if (error instanceof UsageError) process.stderr.write(help);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
