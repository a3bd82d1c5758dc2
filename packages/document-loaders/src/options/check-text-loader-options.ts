import { InvalidOptionError } from "@secondpass/core";
import { checkBoolean } from "./check-boolean.js";
import type { TextLoaderOptions } from "./text-loader-options.js";

/** @throws {InvalidOptionError} if an option's value is invalid */
export function checkTextLoaderOptions(options: TextLoaderOptions): void {
  const { encoding, autodetectEncoding, universalNewlines } = options;
  if (encoding !== undefined && typeof encoding !== "string") {
    throw new InvalidOptionError("encoding", 'the name of an encoding, such as "utf-8"', encoding);
  }
  checkBoolean("autodetectEncoding", autodetectEncoding);
  checkBoolean("universalNewlines", universalNewlines);
}
