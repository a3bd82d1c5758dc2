import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The bytes of a FAISS file of `@secondpass/faiss`'s tests, by name. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(__dirname, "../../faiss/test/fixtures/indexes", `${name}.faiss`)));
}
