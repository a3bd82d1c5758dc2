import type { Option } from "../contract/option.js";

/** Name of the environment variable of an option. */
export function variableOf(name: string, { env }: Option): string {
  return env ?? `SECONDPASS_${name.toUpperCase().replaceAll("-", "_")}`;
}
