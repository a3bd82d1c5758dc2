import { describe, expect, it } from "@jest/globals";
import { textSplitterSuite } from "@secondpass/test-kit";
import { HTMLHeaderTextSplitter, InvalidOptionError, SecondpassError } from "../src/index.js";

const headersToSplitOn = [
  ["h1", "Header 1"],
  ["h2", "Header 2"],
] as const;

describe("HTMLHeaderTextSplitter", () => {
  textSplitterSuite({
    create: () =>
      new HTMLHeaderTextSplitter({ headersToSplitOn, returnEachElement: true, addStartIndex: true }),
    mayRewrite: true,
    // No text after a child, because Python puts it before the child's text.
    parts: [
      "<h1>One</h1>",
      "<h2>Two</h2>\n",
      "<p>Text 👍</p>",
      "<div>",
      "</div>",
      "<p>한글</p>\n",
      "<br>",
      "\n",
      "<!-- c -->",
    ],
  });

  it("puts headers into the metadata of the text under them, and adds its position", async () => {
    const splitter = new HTMLHeaderTextSplitter({ headersToSplitOn, addStartIndex: true });
    const pageContent =
      "<body><h1>Alps</h1>\n<p> High.</p><p>Cold &amp; white.</p><h2>Peaks</h2>\n<ul><li>Mont Blanc</ul></body>";
    const sections = await splitter.splitDocuments([{ pageContent, metadata: { source: "a.html" } }]);
    expect(sections.map((section) => [section.pageContent, section.metadata.startIndex])).toEqual([
      ["Alps", 10],
      ["High.  \nCold & white.", -1],
      ["Peaks", 61],
      ["Mont Blanc", 80],
    ]);
    expect(sections[3]?.metadata).toMatchObject({
      source: "a.html",
      "Header 1": "Alps",
      "Header 2": "Peaks",
      loc: { lines: { from: 3, to: 3 } },
    });
  });

  it.each<[string, string, string[]]>([
    ["an unknown marked section, for which Python gives up, as a comment", "<p>a<![x]>b</p>", ["a [x] b"]],
    ["a script that is never closed as nothing", "<p>a</p><script>b <p>c</p>", ["a"]],
    ["tags that never end as text", "a <p b=", ["a <p b="]],
  ])("reads %s", async (_, html, expected) => {
    const sections = await new HTMLHeaderTextSplitter({ headersToSplitOn }).splitText(html);
    expect(sections.map(({ pageContent }) => pageContent)).toEqual(expected);
  });

  it.each([
    "<",
    "<a",
    "<a b='>' ",
    "</",
    "<!--",
    "<![if ",
    "&#",
    '<a b="',
    "<div>",
    "</div>",
    "<br></br>",
    "<script>",
  ])("reads 60,000 characters of %s in time proportional to the text", async (part) => {
    const splitter = new HTMLHeaderTextSplitter({ headersToSplitOn });
    await splitter.splitText(part.repeat(60_000 / part.length));
  });

  it("throws for invalid headers and unknown options", () => {
    const make = (options: object) => () =>
      new HTMLHeaderTextSplitter(options as ConstructorParameters<typeof HTMLHeaderTextSplitter>[0]);
    expect(make({})).toThrow(InvalidOptionError);
    expect(make({ headersToSplitOn: [["title", "Title"]] })).toThrow(InvalidOptionError);
    expect(make({ headersToSplitOn: ["h1"] })).toThrow(InvalidOptionError);
    expect(make({ headers_to_split_on: [] })).toThrow(SecondpassError);
  });
});
