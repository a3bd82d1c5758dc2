import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import {
  HTMLSectionSplitter,
  InvalidOptionError,
  NestedHeadersError,
  SecondpassError,
} from "../src/index.js";

const headersToSplitOn = [
  ["h1", "Header 1"],
  ["h2", "Header 2"],
] as const;
const splitter = new HTMLSectionSplitter({ headersToSplitOn });
const HTML =
  "<body><p>Intro.</p><h1>Alps</h1><p>High.</p><p style='font-size: 24px'>Andes</p><p>Long.</p><h2>Peaks</h2>Many.</body>";

describe("HTMLSectionSplitter", () => {
  it("splits at headers and at large text", async () => {
    const sections = await splitter.splitText(HTML);
    expect(sections.map(({ pageContent, metadata }) => [pageContent.replace(/\s+/g, " "), metadata])).toEqual(
      [
        ["Intro.", { "Header 1": "#TITLE#" }],
        ["Alps High.", { "Header 1": "Alps" }],
        ["Andes Long.", { "Header 1": "Andes" }],
        ["Peaks Many.", { "Header 2": "Peaks" }],
      ],
    );
  });

  it("keeps a Document's id and metadata, and uses its title for the text before the first header", async () => {
    const given = new Document({
      pageContent: HTML,
      metadata: { Title: "Mountains", nested: { n: 1 } },
      id: "x",
    });
    const [first, second] = await splitter.invoke([Object.freeze(given)]);
    expect(first).toMatchObject({
      pageContent: "Intro.",
      id: "x",
      metadata: { Title: "Mountains", "Header 1": "Mountains" },
    });
    expect(second?.metadata).toMatchObject({ Title: "Mountains", "Header 1": "Alps" });
    expect(second?.metadata.nested).not.toBe(given.metadata.nested);
    const [untitled] = await splitter.createDocuments([HTML]);
    expect(untitled?.metadata).toEqual({ "Header 1": "#TITLE#" });
  });

  it("splits long sections further, with the options of the recursive splitter", async () => {
    const small = new HTMLSectionSplitter({ headersToSplitOn, chunkSize: 10, chunkOverlap: 0 });
    const documents = await small.splitDocuments([
      { pageContent: "<h1>One two three four</h1>", metadata: {} },
    ]);
    expect(documents.map(({ pageContent }) => pageContent)).toEqual(["One two", "three", "four"]);
  });

  it("leaves the header out of the metadata of sections whose tag has no name", async () => {
    const [section] = await new HTMLSectionSplitter({ headersToSplitOn: [["h2", "Header 2"]] }).splitText(
      "a<h2>b</h2>",
    );
    expect(section).toMatchObject({ pageContent: "a", metadata: {} });
  });

  it.each(["", " ", "<!-- no element -->", "<title>only</title>"])("returns nothing for %j", async (text) => {
    expect(await splitter.splitText(text)).toEqual([]);
    expect(await splitter.splitDocuments([{ pageContent: text, metadata: {} }])).toEqual([]);
  });

  it.each([
    "<",
    "<a ",
    "<a b='>' ",
    "</",
    "<!--",
    "<b>",
    "<i><div><b>",
    "<table>",
    "</b>",
    "<script>",
    "<br>",
    "<h1>",
    "&#",
    "<textarea>",
  ])("reads 60,000 characters of %s in time proportional to the text", async (part) => {
    await splitter.splitText(part.repeat(60_000 / part.length));
    await splitter.splitText(`<i><div>${"<b>".repeat(10_000)}${"</i>".repeat(10_000)}`);
  });

  it("finds the element that an end tag closes without a walk over all open elements", async () => {
    await splitter.splitText(`<i><div>${"<b>".repeat(10_000)}${"</i>".repeat(10_000)}`);
  });

  it("throws for nested headers whose texts together are much longer than the source", async () => {
    await expect(splitter.splitText("<h1>a".repeat(3000))).rejects.toThrow(NestedHeadersError);
    expect(await splitter.splitText("<h1>a".repeat(20))).toHaveLength(20);
  });

  it("throws for invalid headers, unknown options, and metadatas for some texts only", async () => {
    const make = (options: object) => () =>
      new HTMLSectionSplitter(options as ConstructorParameters<typeof HTMLSectionSplitter>[0]);
    expect(make({})).toThrow(InvalidOptionError);
    expect(make({ headersToSplitOn: [["h1"]] })).toThrow(InvalidOptionError);
    expect(make({ headersToSplitOn: [], chunkSize: 0 })).toThrow(InvalidOptionError);
    expect(make({ headers_to_split_on: [] })).toThrow(SecondpassError);
    await expect(splitter.createDocuments(["a", "b"], [{}])).rejects.toThrow(InvalidOptionError);
  });

  it("ends when the signal aborts", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(splitter.splitText(HTML, { signal })).rejects.toThrow("enough");
    await expect(splitter.invoke([{ pageContent: HTML, metadata: {} }], { signal })).rejects.toThrow(
      "enough",
    );
  });
});
