/**
 * Handles the rejection of a promise that may reject before anybody awaits it, for which Node would end the process. Callers that await it still get its error.
 * @returns the value, with other thenables as promises
 */
export function withHandledRejection<T>(value: PromiseLike<T>): Promise<T>;
export function withHandledRejection(value: unknown): unknown;
export function withHandledRejection(value: unknown): unknown {
  if (typeof (value as PromiseLike<unknown> | null | undefined)?.then !== "function") return value;
  const promise = Promise.resolve(value);
  promise.catch(() => undefined);
  return promise;
}
