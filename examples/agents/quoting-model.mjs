import { MockLanguageModelV3 } from "ai/test";

const USAGE = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/**
 * A language model that calls the tool `search` with a question, and then quotes the best passage. It replaces a real one, so that the example runs offline.
 * @param {string} question
 */
export function quotingModel(question) {
  return new MockLanguageModelV3({
    doGenerate: async ({ prompt }) => {
      const last = prompt.at(-1);
      const answer = last?.role === "tool" ? last.content[0] : undefined;
      if (answer?.type !== "tool-result") {
        const input = JSON.stringify({ query: question, top_n: 3, max_characters: 2000 });
        return {
          content: [{ type: "tool-call", toolCallId: "1", toolName: "search", input }],
          finishReason: { unified: "tool-calls", raw: undefined },
          usage: USAGE,
          warnings: [],
        };
      }
      return {
        content: [{ type: "text", text: quote(answer.output) }],
        finishReason: { unified: "stop", raw: undefined },
        usage: USAGE,
        warnings: [],
      };
    },
  });
}

/** @param {unknown} output what the tool has answered */
function quote(output) {
  const { value } = /** @type {{ value: { text?: string }[] }} */ (output);
  const [, best = "nothing was found"] =
    /\n\n\[1\] ([\s\S]*?)(?:\n\n\[2\]|$)/.exec(value[0]?.text ?? "") ?? [];
  return `I quote ${best}`;
}
