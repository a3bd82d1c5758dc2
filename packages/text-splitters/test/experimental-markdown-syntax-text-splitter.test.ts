import { describe, expect, it } from "@jest/globals";
import { textSplitterSuite } from "@secondpass/test-kit";
import { ExperimentalMarkdownSyntaxTextSplitter, InvalidOptionError, SecondpassError } from "../src/index.js";

describe.each([
  ["by sections", {}],
  ["by lines", { returnEachLine: true, stripHeaders: false }],
])("ExperimentalMarkdownSyntaxTextSplitter %s", (_, options) => {
  textSplitterSuite({
    create: () => new ExperimentalMarkdownSyntaxTextSplitter({ ...options, addStartIndex: true }),
  });
});

describe("ExperimentalMarkdownSyntaxTextSplitter", () => {
  it("keeps whitespace, separates code, and adds the headings above", async () => {
    const splitter = new ExperimentalMarkdownSyntaxTextSplitter();
    const sections = await splitter.splitText("# A\n  x \n## B\n```js\ncode();\n```\n---\n# C\ny");
    expect(sections.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
      ["  x \n", { "Header 1": "A" }],
      ["```js\ncode();\n```\n", { Code: "js", "Header 1": "A", "Header 2": "B" }],
      ["y", { "Header 1": "C" }],
    ]);
  });

  it("throws for invalid headers and unknown options", () => {
    const make = (options: object) => () => new ExperimentalMarkdownSyntaxTextSplitter(options);
    expect(make({ headersToSplitOn: "#" })).toThrow(InvalidOptionError);
    expect(make({ headers_to_split_on: [] })).toThrow(SecondpassError);
  });
});
