import { checkMetadatas as checkEach, InvalidOptionError } from "@secondpass/core";

/**
 * Checks that there are as many metadatas as inputs, or none at all, and that each is an object.
 * @param each end of the message, such as "one for each text"
 * @throws {InvalidOptionError}
 */
export function checkMetadatas(metadatas: readonly unknown[], count: number, each: string): void {
  if (!Array.isArray(metadatas))
    throw new InvalidOptionError("metadatas", `a list of ${count}, ${each}`, metadatas);
  checkEach(metadatas);
  if (metadatas.length === 0 || metadatas.length === count) return;
  throw new InvalidOptionError("metadatas", `a list of ${count}, ${each}`, metadatas.length);
}
