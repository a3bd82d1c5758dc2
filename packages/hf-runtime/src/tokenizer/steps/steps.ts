/**
 * Work in small steps: it pauses at each `yield`, some tens of microseconds apart, and returns its result. Run it with
 * `runSteps` or `runInSlices`. The number of its steps grows no faster than its input.
 */
export type Steps<T> = Generator<undefined, T, undefined>;
