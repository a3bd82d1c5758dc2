import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const GUIDE = fileURLToPath(new URL("../../docs/guide/", import.meta.url));

/** A question of a reader of the guide. */
export const GUIDE_QUESTION = "How do I choose a score threshold for a reranker?";

/**
 * Chunks of real text: the paragraphs of this repository's guide, cut to 100 to 500 characters. For a trained model,
 * few answer {@link GUIDE_QUESTION} and most do not; over random weights all candidates are alike.
 */
export function readChunks(count) {
  const paragraphs = readdirSync(GUIDE)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => readFileSync(GUIDE + name, "utf8").split(/\n\s*\n/))
    .map((paragraph) => paragraph.trim().slice(0, 500))
    .filter((paragraph) => paragraph.length >= 100);
  if (count > paragraphs.length) throw new Error(`The guide has ${paragraphs.length} chunks, not ${count}.`);
  return paragraphs.slice(0, count);
}
