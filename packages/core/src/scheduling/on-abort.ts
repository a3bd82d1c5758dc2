import { checkCallback } from "../options/check-callback.js";
import { checkSignal } from "../options/check-signal.js";

/** The callbacks of one signal, in the order in which they came. Each is an object of its own: a function may wait twice. */
type Callbacks = Set<{ readonly call: () => void }>;

const waiting = new WeakMap<AbortSignal, { readonly callbacks: Callbacks; readonly listener: () => void }>();

/**
 * Calls back when a signal is aborted; immediately if it already is. Any number of callers share one listener of the signal, so
 * that Node warns of no leak where a program has one signal for many calls.
 *
 * @param callback called at most once, after those that came before it. Should not throw: what it throws is reported as
 *   uncaught, after all others were called
 * @throws {InvalidOptionError} if the signal is not an AbortSignal, or the callback not a function
 * @returns undoes it: the callback is not called any more. Safe to call twice, and after the abort
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

/** Calls each, also where one before it throws; then throws the first error. */
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
