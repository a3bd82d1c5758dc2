import type { CollectionFacts } from "./api.js";

/** Writes the size of a collection, such as "1 file · 3 passages". */
export function textsInWords({ files, passages }: Pick<CollectionFacts, "files" | "passages">): string {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
  return `${count(files, "file")} · ${count(passages, "passage")}`;
}
