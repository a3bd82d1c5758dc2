import { defineCommand } from "../contract/command.js";

/** `secondpass models`: the models of the hub that are on this machine. */
export const models = defineCommand({
  summary: "list, download, verify and remove models of the Hugging Face hub",
  operands: "list|download ID…|verify [ID…]|remove ID…",
  description:
    "Shows and changes the cache of models, which Python's libraries share: `list` says what is there and whether it is whole, `download` gets models ahead, `verify` compares files with the hashes that the hub gave, `remove` takes models away. The exit code of `verify` is 1 if a file is damaged or missing.",
  options: {
    cache: {
      kind: "text",
      value: "FOLDER",
      help: "folder of the cache; default: that of Hugging Face (HF_HUB_CACHE, HF_HOME)",
    },
    revision: { kind: "text", value: "REVISION", help: "branch, tag or commit to download" },
    dtype: { kind: "text", value: "TYPE", help: "number format whose weights are downloaded: fp32, int8…" },
    yes: { kind: "flag", help: "remove without asking" },
    json: { kind: "flag", help: "list and verify as JSON" },
  },
  examples: [
    "secondpass models list",
    "secondpass models download BAAI/bge-reranker-base intfloat/e5-small-v2",
    "secondpass models remove BAAI/bge-reranker-base --yes",
  ],
  async run(values, operands, world) {
    const { runModels } = await import("../model-cache/run-models.js");
    return runModels(values, operands, world);
  },
});
