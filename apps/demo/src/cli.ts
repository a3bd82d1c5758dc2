import { asCommandLineError } from "./as-command-line-error.js";
import type { DemoOptions } from "./demo-options.js";
import { UsageError } from "./errors/usage-error.js";
import { HELP } from "./help.js";
import { jsonReport } from "./json-report.js";
import { parseOptions } from "./parse-options.js";
import { ProgressBars } from "./progress-bars.js";
import { runPipeline } from "./run-pipeline.js";
import { textReport } from "./text-report.js";

try {
  const options = parseOptions(process.argv.slice(2));
  process.stdout.write(options.help ? HELP : `${await answer(options)}\n`);
} catch (thrown) {
  const error = asCommandLineError(thrown);
  // One sentence for people; the stack only on request.
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${process.env.DEBUG ? stack : message}\n`);
  if (error instanceof UsageError) process.stderr.write("Try: npm run demo -- --help\n");
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function answer(options: DemoOptions): Promise<string> {
  const bars = new ProgressBars(process.stderr, options);
  try {
    const result = await runPipeline(options, bars);
    return options.json ? jsonReport(result) : textReport(result, options);
  } finally {
    bars.clear();
  }
}
