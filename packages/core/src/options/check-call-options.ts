import { checkKnownOptions } from "./check-known-options.js";
import { checkSignal } from "./check-signal.js";

/**
 * Checks the options of one call before any work: they are an object, whose `signal`, if given, is an AbortSignal. `undefined` counts as no options.
 *
 * @param owner method that takes them, for the error's text
 * @param known names of all options. If not given, all names are allowed: LangChain adds its own to a Runnable's options
 * @throws {InvalidOptionError} if `options` is not an object, or its `signal` not an AbortSignal
 * @throws {UnknownOptionError} names the first unknown option and the known one that it resembles most
 *
 * @example
 * checkCallOptions({ sginal: controller.signal }, "splitText", ["signal"]);
 * // splitText has no option `sginal`. Did you mean `signal`? Its options are signal.
 */
export function checkCallOptions(options: unknown, owner: string, known?: readonly string[]): void {
  const isObject = typeof options === "object" && options !== null;
  checkKnownOptions(options, known ?? (isObject ? Object.keys(options) : []), owner);
  if (isObject) checkSignal((options as { readonly signal?: unknown }).signal);
}
