import { valueAt } from "./value-at.js";

/** Whether a value passes. */
export type ValueTest = (value: unknown) => boolean;

/** Ends of a program: the metadata match the filter, or they do not. */
export const MATCH = -1;
export const MISS = -2;

/** Index of a step in the program, or one of the ends. */
export type Place = number;

/** Reads a field of a level's value. Level 0 is the metadata, level 1 its fields, and so on. */
interface FieldStep {
  readonly level: number;
  readonly key: string;
  /** The key's parts, if it is a dotted path. */
  readonly path: readonly string[];
  next: Place;
}

/** Tests the value of a level. */
interface TestStep {
  readonly level: number;
  readonly test: ValueTest;
  whenTrue: Place;
  whenFalse: Place;
}

/** Continues at another step. */
interface JumpStep {
  next: Place;
}

type Step = FieldStep | TestStep | JumpStep;

/**
 * A filter as a list of steps. Each step names the step that follows, so `$and`, `$or` and `$not` need no functions that call
 * functions, and filters of any depth run without recursion.
 */
export class FilterProgram {
  readonly #steps: Step[] = [];
  #levels = 1;

  /** Number of steps. */
  get length(): number {
    return this.#steps.length;
  }

  /** Reserves a place, which another method fills later. */
  place(): Place {
    return this.#steps.push({ next: MISS }) - 1;
  }

  /** Adds a step that reads a field of a level's value into the level below. */
  field(at: Place, level: number, key: string, next: Place): void {
    this.#levels = Math.max(this.#levels, level + 2);
    this.#steps[at] = { level, key, path: key.split("."), next };
  }

  test(at: Place, level: number, test: ValueTest, whenTrue: Place, whenFalse: Place): void {
    this.#steps[at] = { level, test, whenTrue, whenFalse };
  }

  jump(at: Place, next: Place): void {
    this.#steps[at] = { next };
  }

  /** Shortens chains of jumps. Call it when all places are filled. */
  finish(): void {
    // From last to first: a jump's target is mostly later in the list, and so already resolved.
    for (let at = this.#steps.length - 1; at >= 0; at--) {
      const step = this.#steps[at]!;
      if ("test" in step) {
        step.whenTrue = this.#end(step.whenTrue);
        step.whenFalse = this.#end(step.whenFalse);
      } else step.next = this.#end(step.next);
    }
  }

  /** Whether metadata match. The program begins at place 0. */
  run(metadata: unknown): boolean {
    const values = new Array<unknown>(this.#levels);
    values[0] = metadata;
    let at: Place = 0;
    while (at >= 0) {
      const step = this.#steps[at]!;
      if ("test" in step) at = step.test(values[step.level]) ? step.whenTrue : step.whenFalse;
      else {
        if ("key" in step) values[step.level + 1] = valueAt(values[step.level], step.key, step.path);
        at = step.next;
      }
    }
    return at === MATCH;
  }

  /** The first place after a chain of jumps. */
  #end(place: Place): Place {
    let at = place;
    for (let step = this.#steps[at]; step !== undefined; step = this.#steps[at]) {
      if ("test" in step || "key" in step) break;
      at = step.next;
    }
    return at;
  }
}
