import { describe, expect, it } from "@jest/globals";
import { nameOf, sortFiles } from "../../web/src/dropped-files.js";

const LIMITS = { maxFiles: 2, maxFileBytes: 100, maxBytes: 150, endings: [".md", ".txt"] };
const file = (path: string, size = 10) => ({ path, file: new File(["x".repeat(size)], path) });

describe("sortFiles", () => {
  it("takes texts, and says why it leaves others out", () => {
    const { files, left, problem } = sortFiles(
      [
        file("a/b.MD"),
        file("a/c.png"),
        file("a/d.txt", 101),
        file("a/.git/e.md"),
        file("a/node_modules/f/g.md"),
      ],
      LIMITS,
    );
    expect(files.map(({ path }) => path)).toEqual(["a/b.MD"]);
    expect(left.map(({ source }) => source)).toEqual(["a/c.png", "a/d.txt"]);
    expect(problem).toBeUndefined();
  });

  it("reports a problem if there is too much, or no text", () => {
    expect(sortFiles([file("a.md"), file("b.md"), file("c.md")], LIMITS).problem).toMatch(
      /^These are 3 files; 2 can/,
    );
    expect(sortFiles([file("a.md", 90), file("b.md", 90)], LIMITS).problem).toMatch(
      /can be dropped at a time/,
    );
    expect(sortFiles([file("a.png")], LIMITS).problem).toBe(
      "There are no texts among these files. Files that are read: .md .txt",
    );
    expect(sortFiles([file("a.png"), file("b.md", 101)], LIMITS).problem).toMatch(/^b\.md: It has more than/);
  });
});

describe("nameOf", () => {
  it("names the file, the folder, or the number", () => {
    expect(nameOf([file("a/b.md")])).toBe("b.md");
    expect(nameOf([file("a/b.md"), file("a/c/d.md")])).toBe("a");
    expect(nameOf([file("a.md"), file("b.md")])).toBe("2 files");
  });
});
