import { describe, expect, it } from "@jest/globals";
import { textSplitterSuite } from "@secondpass/test-kit";
import {
  InvalidOptionError,
  JSFrameworkTextSplitter,
  SecondpassError,
  TooManyTagsError,
} from "../src/index.js";

describe("JSFrameworkTextSplitter", () => {
  textSplitterSuite({
    create: () => new JSFrameworkTextSplitter({ chunkSize: 40, addStartIndex: true }),
    parts: [
      "<div>",
      "</div>",
      "<App />",
      "\nconst x = 1;",
      " class A {",
      "&&\n",
      "a",
      " ",
      "\n\n",
      "👍",
      "<",
      ">",
    ],
  });

  it("splits at the tags that the text opens", async () => {
    const splitter = new JSFrameworkTextSplitter({ chunkSize: 20 });
    expect(await splitter.splitText("<main><App />\n<Footer /></main>")).toEqual([
      "<main>",
      "<App />",
      "<Footer /></main>",
    ]);
  });

  it("does not reuse the tags of another text", async () => {
    const splitter = new JSFrameworkTextSplitter({ chunkSize: 10 });
    const alone = await splitter.splitText("one two <b three four");
    await splitter.splitText("<b>one</b> two");
    expect(await splitter.splitText("one two <b three four")).toEqual(alone);
  });

  it("looks for tags in time proportional to the text", async () => {
    const splitter = new JSFrameworkTextSplitter();
    const text = "<a".repeat(500_000);
    expect(await splitter.splitText(text)).toEqual([text]);
  });

  it("throws for a text with too many different tags", async () => {
    const text = Array.from({ length: 2001 }, (_, index) => `<t${index}>`).join("");
    await expect(new JSFrameworkTextSplitter().splitText(text)).rejects.toThrow(TooManyTagsError);
  });

  it("throws for invalid sizes and unknown options", () => {
    const make = (options: object) => () => new JSFrameworkTextSplitter(options);
    expect(make({ chunkOverlap: 2000 })).toThrow(InvalidOptionError);
    expect(make({ chunk_size: 10 })).toThrow(SecondpassError);
  });
});
