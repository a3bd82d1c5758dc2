import { checkCallback } from "../options/check-callback.js";
import { checkSignal } from "../options/check-signal.js";

/** The callbacks of one signal, in the order of their registration. Each has its own object, because a function may be registered twice. */
type Callbacks = Set<{ readonly call: () => void }>;

const waiting = new WeakMap<AbortSignal, { readonly callbacks: Callbacks; readonly listener: () => void }>();

/**
 * Calls a function when a signal is aborted; immediately if it already is. All callers share one listener on the signal, so
 * that Node does not warn of a leak if a program uses one signal for many calls.
 *
 * @param callback called at most once, after those that were registered before it. Should not throw: its error is reported as
 *   uncaught, after all others were called
 * @throws {InvalidOptionError} if the signal is not an AbortSignal, or the callback not a function
 * @returns a function that removes the callback. Safe to call twice, and after the abort
 *
 * @example
 * const undo = onAbort(signal, () => reject(signal.reason));
 * promise.then(resolve, reject).finally(undo);
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  checkSignal(signal);
  checkCallback("callback", callback);
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const { callbacks, listener } = waiting.get(signal) ?? listenTo(signal);
  const entry = { call: callback };
  callbacks.add(entry);
  return () => {
    if (!callbacks.delete(entry) || callbacks.size > 0 || waiting.get(signal)?.callbacks !== callbacks)
      return;
    waiting.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function listenTo(signal: AbortSignal) {
  const callbacks: Callbacks = new Set();
  const listener = () => {
    waiting.delete(signal);
    callAll(callbacks);
  };
  const listening = { callbacks, listener };
  waiting.set(signal, listening);
  signal.addEventListener("abort", listener, { once: true });
  return listening;
}

/** Calls all callbacks, even if one throws; then throws the first error. */
function callAll(callbacks: Callbacks): void {
  let failure: { readonly error: unknown } | undefined;
  for (const entry of callbacks) {
    callbacks.delete(entry);
    try {
      entry.call();
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure) throw failure.error;
}
