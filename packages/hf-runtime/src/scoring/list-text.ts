import { LIST_TOKENS } from "../modules/read-list-rows.js";

const TASK = [
  "You are a search relevance expert who can determine a ranking of the passages based on how relevant they are to the query.",
  "If the query is a question, how relevant a passage is depends on how well it answers the question.",
  "If not, try to analyze the intent of the query and assess how well each passage satisfies the intent.",
  "If an instruction is provided, you should follow the instruction when determining the ranking.",
].join(" ");

/** Removes special tokens from a text, because they would count as the list's own. */
const withoutTokens = (text: string) =>
  Object.values(LIST_TOKENS).reduce((rest, token) => rest.replaceAll(token, ""), text);

/**
 * The text that a listwise reranker reads, in its authors' wording: the query and the numbered documents.
 * @param instruction "" for none
 */
export function listText(query: string, documents: readonly string[], instruction: string): string {
  const plainQuery = withoutTokens(query);
  const passages = documents.map(
    (text, i) => `<passage id="${i}">\n${withoutTokens(text)}${LIST_TOKENS.document}\n</passage>\n`,
  );
  return [
    `<|im_start|>system\n${TASK}<|im_end|>\n<|im_start|>user\n`,
    `I will provide you with ${documents.length} passages, each indicated by a numerical identifier. `,
    `Rank the passages based on their relevance to query: ${plainQuery}\n`,
    instruction === "" ? "" : `<instruct>\n${instruction}\n</instruct>\n`,
    ...passages,
    `<query>\n${plainQuery}${LIST_TOKENS.query}\n</query>`,
    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
  ].join("");
}
