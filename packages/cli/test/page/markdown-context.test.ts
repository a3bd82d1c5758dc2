import { describe, expect, it } from "@jest/globals";
import { markdownContext } from "../../src/page/markdown-context.js";

/** The context at the mark "‸", which is not part of the text. */
const contextAt = (marked: string) => markdownContext(marked.replace("‸", ""), marked.indexOf("‸"));

describe("markdownContext", () => {
  it.each([
    ["text", "# Title\n\nSome ‸words.", ""],
    ["the beginning", "‸```js\ncode\n```\n", ""],
    ["code", "Text\n\n```js\none();\n‸two();\n```\n", "```js\n"],
    ["the end of code", "```js\none();\n‸```\n\nText", "```js\n"],
    ["text after code", "```js\none();\n```\n\n‸Text", ""],
    ["code with shorter fences in it", "~~~~md\n```\n~~~\n‸text\n~~~~", "~~~~md\n"],
    ["text after a line that only looks like a fence", "``` `not` ```\n‸Text", ""],
    ["code in a list", "- item\n\n    ```sh\n    one\n    ‸two\n", "   ```sh\n"],
    ["Windows lines", "```js\r\none();\r\n‸two();\r\n```", "```js\n"],
    ["a table", "Text\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n‸| 3 | 4 |\n", "| a | b |\n|---|:-:|\n"],
    ["the middle of a row", "a | b\n- | -\n1 ‸| 2", "a | b\n- | -\n"],
    ["the rule of a table", "| a |\n‸|---|\n| 1 |", "| a |\n"],
    ["the head of a table", "‸| a |\n|---|\n| 1 |", ""],
    ["text with a bar", "either | or\nthis | ‸that", ""],
    ["indented code", "Run:\n\n    ‸npm test\n    npm run demo\n", "    "],
    ["later in indented code", "Run:\n\n    npm test\n    ‸npm run demo\n", "    "],
    ["a list in a list", "- one\n\n    ‸- two\n", ""],
  ])("in %s", (_name, text, context) => {
    expect(contextAt(text)).toBe(context);
  });
});
