import { BaseTracer, type Run } from "@langchain/core/tracers/base";

export type { Run };

/** A tracer that records runs and which run started which. Pass it as a callback. */
export class RunRecorder extends BaseTracer {
  override name = "run_recorder";
  override awaitHandlers = true;
  /** Runs that no other traced run started, each with its `child_runs`, in the order in which they ended. */
  readonly roots: Run[] = [];

  protected override async persistRun(run: Run): Promise<void> {
    this.roots.push(run);
  }

  /** Finds the first run of this name at any depth. */
  find(name: string, among: readonly Run[] = this.roots): Run | undefined {
    for (const run of among) {
      const found = run.name === name ? run : this.find(name, run.child_runs);
      if (found) return found;
    }
    return undefined;
  }
}
