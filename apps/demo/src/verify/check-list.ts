/** One line of a verification. */
export interface Check {
  readonly name: string;
  readonly outcome: "ok" | "failed" | "skipped";
  /** What was observed, or why the check was not possible. */
  readonly detail: string;
}

/** The checks of a verification, printed as they are made. */
export class CheckList {
  readonly checks: Check[] = [];

  constructor(private readonly print: (line: string) => void) {}

  add(name: string, outcome: Check["outcome"], detail: string): void {
    this.checks.push({ name, outcome, detail });
    this.print(`${outcome.padEnd(7)}  ${name}: ${detail}`);
  }

  /** Adds a check with the outcome "ok" or "failed". */
  expect(name: string, passed: boolean, detail: string): void {
    this.add(name, passed ? "ok" : "failed", detail);
  }

  /** Prints the totals. @returns the exit code: 1 if a check failed */
  end(): number {
    const count = (outcome: Check["outcome"]) =>
      this.checks.filter((check) => check.outcome === outcome).length;
    this.print(`${count("ok")} ok, ${count("failed")} failed, ${count("skipped")} skipped`);
    return count("failed") === 0 ? 0 : 1;
  }
}
