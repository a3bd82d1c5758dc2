import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { exportedClasses } from "../support/exported-classes.js";

describe("the classes that users make", () => {
  it("each have an example, which editors show", () => {
    const classes = exportedClasses().filter(({ name }) => !name.endsWith("Error"));
    expect(classes.length).toBeGreaterThan(40);
    const without = classes.filter(
      ({ declaration }) => !ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "example"),
    );
    expect(without.map(({ folder, name }) => `${folder}: ${name}`)).toEqual([]);
  });
});
