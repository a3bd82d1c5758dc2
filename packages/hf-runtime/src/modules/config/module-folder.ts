/** A module's folder as modules.json names it, in the form of this package: "./1_Dense" → "1_Dense", "." → "". */
export function moduleFolder(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
