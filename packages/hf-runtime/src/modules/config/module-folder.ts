/** Brings a module's folder from modules.json into this package's form: "./1_Dense" → "1_Dense", "." → "". */
export function moduleFolder(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
