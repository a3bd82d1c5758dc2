import { Document } from "@langchain/core/documents";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { type Highlight, highlight, SentenceHighlighter } from "../src/index.js";

/** Scores by length. */
const model = {
  score: (pairs: readonly (readonly [string, string])[]) => pairs.map(([, text]) => text.length),
};

/** Texts of parts that matter to the splitter, repeated once or many times. */
const texts = fc
  .tuple(
    fc.array(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.constantFrom(
            ". ",
            "A. ",
            "a",
            "\n",
            "\r\n\r\n",
            "```\n",
            "# ",
            "#",
            "- ",
            "| ",
            "> ",
            "===",
            " ",
            "1) ",
            "。",
            "가",
            "😀",
          ),
        },
        fc.string({ unit: "binary", maxLength: 6 }),
      ),
      { maxLength: 50 },
    ),
    fc.constantFrom(1, 1, 1, 1, 300),
  )
  .map(([parts, times]) => parts.join("").repeat(times));

fuzz({
  name: "retrievers-compression: sentences of texts",
  arbitrary: fc.tuple(texts, fc.constantFrom("mark" as const, "keep" as const), fc.nat(2)),
  sizeOf: ([text]) => text.length,
  async run([text, mode, contextSentences]) {
    const highlighter = new SentenceHighlighter({ model, mode, contextSentences, topSentences: 3 });
    const [found] = await highlighter.compressDocuments([new Document({ pageContent: text })], "q");
    if (found === undefined) return;
    highlight(found);
    const marks = found.metadata.highlights as Highlight[];
    const isInText = marks.every(({ start, end }) => text.includes(found.pageContent.slice(start, end)));
    if (!isInText) throw new Error("a highlight is not of the text");
  },
});
