import { defineCommand } from "../contract/command.js";
import { INDEX_OPTION } from "../options/index-option.js";
import { RERANKER_OPTION } from "../options/reranker-option.js";

/** `secondpass mcp`: gives agents the index by the Model Context Protocol. */
export const mcp = defineCommand({
  summary: "give agents such as Claude, Cursor or Codex a search of an index (Model Context Protocol)",
  description:
    "Serves an index to agents by the Model Context Protocol, with the tools search, rerank, read_passage and list_sources, which read only. Without --http, it talks to the client that started it, over standard input and output. If `secondpass index` replaces the index meanwhile, the new one is opened.",
  options: {
    index: INDEX_OPTION,
    model: RERANKER_OPTION,
    http: {
      kind: "flag",
      help: "listen on 127.0.0.1 (streamable HTTP) for clients that show the token",
    },
    port: {
      kind: "integer",
      value: "PORT",
      min: 0,
      max: 65_535,
      default: 4161,
      help: "of --http; 0 takes any free one",
    },
    token: {
      kind: "text",
      value: "TOKEN",
      env: "SECONDPASS_MCP_TOKEN",
      help: "of --http, at least 16 characters; default: a new one each time, which is printed. Other users of this machine may see command lines: prefer the environment",
    },
  },
  examples: [
    "claude mcp add docs -- npx -y @secondpass/cli mcp --index /absolute/path/.secondpass",
    "secondpass mcp --http --port 4161",
  ],
  async run(values, _operands, world) {
    const { runMcp } = await import("../mcp/run-mcp.js");
    return runMcp(values, world);
  },
});
