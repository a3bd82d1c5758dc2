import { checkBoolean, InvalidOptionError } from "@secondpass/core";
import type { TextLoaderOptions } from "./text-loader-options.js";

/** @throws {InvalidOptionError} if an option's value is invalid */
export function checkTextLoaderOptions(options: TextLoaderOptions): void {
  const { encoding, autodetectEncoding, universalNewlines } = options;
  if (encoding !== undefined && typeof encoding !== "string") {
    throw new InvalidOptionError("encoding", 'the name of an encoding, such as "utf-8"', encoding);
  }
  if (autodetectEncoding !== undefined) checkBoolean("autodetectEncoding", autodetectEncoding);
  if (universalNewlines !== undefined) checkBoolean("universalNewlines", universalNewlines);
}
