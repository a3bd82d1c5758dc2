import { InvalidOptionError } from "@secondpass/core";

/** The path of a file in a folder. @throws {InvalidOptionError} for a folder that can be none */
export function inFolder(directory: string, name: string): string {
  if (typeof directory !== "string" || directory === "" || directory.includes("\0")) {
    throw new InvalidOptionError("directory", "the path of a folder", directory);
  }
  return `${directory}/${name}`;
}
