/**
 * An agent of the AI SDK that gets its tools from `secondpass mcp`:
 *
 *     secondpass index docs
 *     node ai-sdk-agent.mjs --index .secondpass "What does save write to a folder?"
 *
 * Its model is a fake one that needs no network: it searches once, and quotes the best passage. See `model` below for a real one.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { createMCPClient } from "@ai-sdk/mcp";
import { Experimental_StdioMCPTransport as StdioTransport } from "@ai-sdk/mcp/mcp-stdio";
import { generateText, stepCountIs } from "ai";
import { quotingModel } from "./quoting-model.mjs";

const { values, positionals } = parseArgs({
  options: { index: { type: "string", default: ".secondpass" } },
  allowPositionals: true,
});
const question = positionals.join(" ");
if (question === "") {
  console.error('Expected a question: node ai-sdk-agent.mjs --index .secondpass "How is it saved?"');
  process.exit(1);
}

// Installed globally, this is `command: "secondpass", args: ["mcp", …]`.
const cli = dirname(createRequire(import.meta.url).resolve("@secondpass/cli/package.json"));
const client = await createMCPClient({
  transport: new StdioTransport({
    command: process.execPath,
    args: [join(cli, "dist/cli.js"), "mcp", "--index", values.index],
  }),
});

// A real one is a line: `const model = "anthropic/claude-sonnet-4.5";` with an AI Gateway key, or a provider's package.
const model = quotingModel(question);

try {
  const { text } = await generateText({
    model,
    tools: await client.tools(),
    stopWhen: stepCountIs(5),
    system: "Answer from the documents only. Search first, and name file and lines of what you quote.",
    prompt: question,
  });
  console.log(text);
} finally {
  await client.close();
}
