import type { TextOption } from "../contract/option.js";

/** The option of all commands that use an index. */
export const INDEX_OPTION = {
  kind: "text",
  value: "FOLDER",
  default: ".secondpass",
  help: "folder of the index",
} as const satisfies TextOption;
