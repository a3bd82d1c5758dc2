import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import {
  ExperimentalMarkdownSyntaxTextSplitter,
  HTMLHeaderTextSplitter,
  HTMLSectionSplitter,
  JSFrameworkTextSplitter,
  RecursiveJsonSplitter,
  SemanticChunker,
} from "../src/index.js";
import { LetterEmbeddings } from "./letter-embeddings.js";

/** Texts of a few different parts, repeated once or many times. */
function textsOf(...parts: string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...parts) },
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  return fc
    .tuple(fc.array(part, { maxLength: 50 }), fc.constantFrom(1, 1, 1, 1, 300))
    .map(([chosen, times]) => chosen.join("").repeat(times));
}

const jsonText = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, noise]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + noise + text.slice(place + noise.length);
  }),
  textsOf("{", "}", "[", "]", '"a":', '"', "\\", "1", "1e9", ",", "null", "NaN", "\\ud83d", " "),
);

fuzz({
  name: "text-splitters: JSON",
  arbitrary: fc.tuple(jsonText, fc.integer({ min: 1, max: 200 }), fc.boolean()),
  sizeOf: ([text]) => text.length,
  run: async ([pageContent, maxChunkSize, convertLists]) => {
    const splitter = new RecursiveJsonSplitter({ maxChunkSize, convertLists });
    for (const chunk of await splitter.splitDocuments([{ pageContent, metadata: {} }])) {
      if (!/^[ -~]+$/.test(chunk.pageContent)) throw new Error(`not ASCII: ${chunk.pageContent}`);
    }
  },
});

const splitters = [
  new ExperimentalMarkdownSyntaxTextSplitter({ addStartIndex: true }),
  new ExperimentalMarkdownSyntaxTextSplitter({ addStartIndex: true, returnEachLine: true }),
  new JSFrameworkTextSplitter({ chunkSize: 40, addStartIndex: true }),
  new SemanticChunker({ embeddings: new LetterEmbeddings(), addStartIndex: true, numberOfChunks: 5 }),
];

fuzz({
  name: "text-splitters: structured texts",
  arbitrary: fc.record({
    splitter: fc.nat(splitters.length - 1),
    text: textsOf(
      "# ",
      "\n",
      "```",
      "---\n",
      "<a",
      "<div>",
      "</",
      ">",
      "\nconst ",
      ". ",
      "? ",
      " ",
      "👍",
      "\ud83d",
      "\r",
      "\u2028",
    ),
  }),
  sizeOf: ({ text }) => text.length,
  shortRuns: 100,
  run: async ({ splitter, text }) => {
    const chunks = await splitters[splitter]!.splitDocuments([{ pageContent: text, metadata: {} }]);
    for (const { pageContent, metadata } of chunks) {
      if (metadata.startIndex !== -1 && !text.startsWith(pageContent, metadata.startIndex)) {
        throw new Error(`${JSON.stringify(pageContent)} is not at ${metadata.startIndex}`);
      }
    }
  },
});

const html = textsOf(
  ..."<html> <body> </body> <h1> </h1> <h2>x</h2> <p> </p> <div </div> <br> <a b=' <a b=\" > < / ' \" = & &# &#65; &amp; &x ; <!-- -->".split(
    " ",
  ),
  ..."<! <![if <![CDATA[ ]> ]]> <? <script> </script> <pre> <table> <td> <li> <style>".split(" "),
  " style='font-size: 24px'>",
  "\n",
  "\0",
  "text",
);
const headersToSplitOn = [
  ["h1", "a"],
  ["h2", "b"],
] as const;
const htmlSplitters = [
  new HTMLHeaderTextSplitter({ headersToSplitOn, addStartIndex: true }),
  new HTMLHeaderTextSplitter({ headersToSplitOn, addStartIndex: true, returnEachElement: true }),
  new HTMLSectionSplitter({ headersToSplitOn, chunkSize: 50, chunkOverlap: 10 }),
];

fuzz({
  name: "text-splitters: HTML",
  arbitrary: fc.record({ splitter: fc.nat(htmlSplitters.length - 1), text: html }),
  sizeOf: ({ text }) => text.length,
  shortRuns: 100,
  run: async ({ splitter, text }) => {
    const sections = await htmlSplitters[splitter]!.splitDocuments([{ pageContent: text, metadata: {} }]);
    for (const { pageContent, metadata } of sections) {
      if ((metadata.startIndex ?? -1) !== -1 && !text.startsWith(pageContent, metadata.startIndex)) {
        throw new Error(`${JSON.stringify(pageContent)} is not at ${metadata.startIndex}`);
      }
    }
  },
});
