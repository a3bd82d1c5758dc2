import { describe } from "@jest/globals";
import { vectorStoreSuite } from "@secondpass/test-kit";
import { FaissStore } from "./faiss-store.js";

describe.each([
  ["FaissStore", {}, true],
  ["FaissStore by cosine", { distanceStrategy: "cosine" }, false],
  ["FaissStore by inner product", { distanceStrategy: "ip" }, false],
] as const)("%s", (_title, options, lowerIsBetter) => {
  vectorStoreSuite({ create: (embeddings) => new FaissStore(embeddings, options), lowerIsBetter });
});
