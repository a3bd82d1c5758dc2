import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { fuzz, kindFolder, kindGolden } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { loadEncoder } from "../../src/load-encoder.js";
import { loadMultiVectorEncoder } from "../../src/load-multi-vector-encoder.js";
import { loadSparseEncoder } from "../../src/load-sparse-encoder.js";
import { alteredModel } from "../support/altered-model.js";
import { changedJson, jsonChange } from "../support/json-change.js";

const root = mkdtempSync(join(tmpdir(), "kind-folders-"));
afterAll(() => rmSync(root, { recursive: true }));

const LOADERS = {
  embedders: loadEncoder,
  sparse: loadSparseEncoder,
  "multi-vector": loadMultiVectorEncoder,
};

/** Static, routed, sparse and late-interaction models: all of their files except weights and vocabularies. */
const files = (Object.keys(LOADERS) as (keyof typeof LOADERS)[]).flatMap((kind) => {
  const golden = kindGolden(kind);
  return Object.entries(golden.models).flatMap(([name, model]) => {
    const folder = kindFolder(golden, name);
    const paths = Object.keys(model.files).filter((path) => !path.endsWith("tokenizer.json"));
    return paths.map((path) => ({ kind, name, folder, path }));
  });
});

fuzz({
  name: "hf-runtime: JSON files of other kinds of models",
  arbitrary: fc.record({ file: fc.constantFrom(...files), change: jsonChange }),
  shortRuns: 20,
  run: async ({ file: { kind, folder, path }, change }) => {
    const model = alteredModel(root, folder, path, changedJson(readFileSync(join(folder, path)), change));
    try {
      await using encoder = await LOADERS[kind]({ model, threads: 1 });
      for (const task of ["query", "document"] as const) await encoder.embed(["the word"], { task });
    } finally {
      rmSync(model, { recursive: true });
    }
  },
});
