import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

const FAISS_TESTS = join(__dirname, "../../faiss/test");

/** The bytes of a FAISS file of `@secondpass/faiss`'s tests, by name. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FAISS_TESTS, "fixtures/indexes", `${name}.faiss`)));
}

/** A small FAISS file of its tests, by what Python's `index_factory` made it from. */
export function kindFixture(name: string): Uint8Array {
  const { cases } = JSON.parse(readFileSync(join(FAISS_TESTS, "goldens/faiss-kinds.json"), "utf8")) as {
    cases: readonly { name: string; deflated: string }[];
  };
  const { deflated } = cases.find((each) => each.name === name)!;
  return new Uint8Array(inflateSync(Buffer.from(deflated, "base64")));
}
