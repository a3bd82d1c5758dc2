import { valueAt } from "./value-at.js";

/** Whether a value passes. */
export type ValueTest = (value: unknown) => boolean;

/** Where a program ends: the metadata match the filter, or they do not. */
export const MATCH = -1;
export const MISS = -2;

/** A step's place in the program, or one of the ends. */
export type Place = number;

/** Takes a field's value out of the value of a level. Level 0 is the metadata, level 1 its fields, and so on. */
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

/** Goes on elsewhere. */
interface JumpStep {
  next: Place;
}

type Step = FieldStep | TestStep | JumpStep;

/**
 * A filter as a list of steps, each of which knows where to go on: `$and`, `$or` and `$not` are in the order of the steps, not in
 * functions that call functions. So filters of any depth are tested without recursion.
 */
export class FilterProgram {
  readonly #steps: Step[] = [];
  #levels = 1;

  /** Steps there are. */
  get length(): number {
    return this.#steps.length;
  }

  /** Reserves a place, which one of the other methods fills. */
  place(): Place {
    return this.#steps.push({ next: MISS }) - 1;
  }

  /** Makes the field of a level's value the value of the level below. */
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

  /** Lets every step lead past jumps. Call it when all places are filled. */
  finish(): void {
    // From the last to the first: what a jump leads to mostly comes after it, and is resolved by then.
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

  /** Where a place leads to by jumps alone. */
  #end(place: Place): Place {
    let at = place;
    for (let step = this.#steps[at]; step !== undefined; step = this.#steps[at]) {
      if ("test" in step || "key" in step) break;
      at = step.next;
    }
    return at;
  }
}
