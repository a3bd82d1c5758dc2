import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { RERANKER_PATH } from "@secondpass/mini-models";

await loadCrossEncoder({ model: RERANKER_PATH, isolation: "process" }).catch(({ name, message }) =>
  console.log(name, message),
);
