import { checkObject } from "../options/check-object.js";

/**
 * Checks that an argument is metadata for texts: an object for all of them, or an array.
 * @throws {InvalidOptionError} names the first item that is not an object, such as `metadatas[2]`
 */
export function checkMetadatas(metadatas: unknown): void {
  if (Array.isArray(metadatas)) {
    for (const [index, metadata] of metadatas.entries())
      if (metadata !== undefined) checkObject(`metadatas[${index}]`, metadata);
    return;
  }
  checkObject("metadatas", metadatas, "an object, or an array with one for each text");
}
