import { FakeEmbeddings, fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { FaissStore } from "../../../src/faiss-store.js";

const IDENTITY = {
  model: "acme/letters",
  revision: "0".repeat(40),
  fingerprint: "f",
  queryPrompt: "query: ",
  documentPrompt: "",
  normalized: true,
  dimensions: 16,
};
const embeddings = Object.assign(new FakeEmbeddings(), { embeddingIdentity: () => IDENTITY });

/** A saved store up to its link, and the link. */
const saved = (async () => {
  const store = await FaissStore.fromTexts(["apple", "pear"], {}, embeddings);
  const bytes = await store.serializeToBytes();
  const end = Buffer.from(bytes).lastIndexOf("\n", bytes.length - 2);
  const { secondpass } = JSON.parse(Buffer.from(bytes.subarray(end)).toString()) as { secondpass: object };
  return { pickle: bytes.subarray(0, end), link: secondpass };
})();

const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 2000 }),
  fc.constantFrom(null, [], {}),
);
const fields = <Field extends string>(names: readonly Field[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });

fuzz({
  name: "vectorstore-faiss: the link of a saved store",
  arbitrary: fc.record({
    link: fields(["version", "index", "documents", "distanceStrategy", "normalizeL2"]),
    embeddings: fc.oneof(
      value,
      fields(["model", "revision", "fingerprint", "queryPrompt", "normalized", "dimensions", "__proto__"]),
    ),
    keeps: fc.boolean(),
  }),
  shortRuns: 300,
  run: async (change) => {
    const { pickle, link } = await saved;
    // An invalid link is ignored, so most changes are in the embeddings.
    const changed = { ...link, ...(change.keeps ? {} : change.link), embeddings: change.embeddings };
    const line = Buffer.from(`\n${JSON.stringify({ secondpass: changed })}\n`);
    const store = await FaissStore.deserializeFromBytes(Buffer.concat([pickle, line]), embeddings);
    if ((await store.similaritySearch("apple", 1))[0]?.pageContent !== "apple")
      throw new Error("found another");
    if ((await store.serializeToBytes()).length > pickle.length + 32 * 1024)
      throw new Error("recorded too much");
  },
});
