/** Prints `N passed, N failed` as the very last line of the run; a test file that could not run counts as failed. */
module.exports = class SummaryLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // On exit, so that nothing (jest's own summary included) prints after it.
    process.on("exit", () => process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`));
  }
};
