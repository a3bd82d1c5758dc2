import { UsageError } from "./errors.js";
import { HELP, parseOptions } from "./options.js";
import { runPipeline } from "./pipeline.js";
import { ProgressBars } from "./progress-bars.js";
import { jsonReport, textReport } from "./report.js";

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
  } else {
    const bars = new ProgressBars(process.stderr, options);
    const result = await runPipeline(options, bars);
    process.stdout.write(`${options.json ? jsonReport(result) : textReport(result, options)}\n`);
  }
} catch (error) {
  // One sentence for people; the rest for those who ask for it.
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${process.env.DEBUG ? stack : message}\n`);
  if (error instanceof UsageError) process.stderr.write("Try: npm run demo -- --help\n");
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
