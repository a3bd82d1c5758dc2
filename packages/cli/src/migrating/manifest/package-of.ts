/** Returns the package of a module: "@langchain/community" for "@langchain/community/vectorstores/faiss". */
export function packageOf(module: string): string {
  return module.split("/", module.startsWith("@") ? 2 : 1).join("/");
}
