import type { TextOption } from "../contract/option.js";

/** The config file that is read if none is named. */
export const DEFAULT_CONFIG = "secondpass.json";

/** The option of all commands that names the config file. */
export const CONFIG_OPTION = {
  kind: "text",
  value: "FILE",
  help: `file with values of options; default: ${DEFAULT_CONFIG} in the working folder, if it exists`,
} as const satisfies TextOption;
