/**
 * Reads what the targets of a test file reported: a line of JSON when a batch of inputs begins, and one when it ends.
 *
 * @param {string} report
 * @returns `targets`: runs by target; `failures`: inputs that failed; `unfinished`: the batch that began and did not end, if any
 */
export function readFuzzReport(report) {
  const targets = new Map();
  const failures = [];
  let unfinished;
  for (const line of report.split("\n").filter(Boolean)) {
    const { event, target, seed, runs = 0, failure } = JSON.parse(line);
    unfinished = event === "begin" ? { target, seed } : undefined;
    targets.set(target, (targets.get(target) ?? 0) + runs);
    if (failure) failures.push({ ...failure, target });
  }
  return { targets, failures, unfinished };
}
