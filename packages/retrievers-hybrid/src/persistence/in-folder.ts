import { InvalidOptionError } from "@secondpass/core";

/** The path of a file in a folder. @throws {InvalidOptionError} if the folder is not a path */
export function inFolder(directory: string, name: string): string {
  if (typeof directory !== "string" || directory === "" || directory.includes("\0")) {
    throw new InvalidOptionError("directory", "the path of a folder", directory);
  }
  return `${directory}/${name}`;
}
