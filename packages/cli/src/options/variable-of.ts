import type { Option } from "../contract/option.js";

/** Returns the name of an option's environment variable. */
export function variableOf(name: string, { env }: Option): string {
  return env ?? `SECONDPASS_${name.toUpperCase().replaceAll("-", "_")}`;
}
