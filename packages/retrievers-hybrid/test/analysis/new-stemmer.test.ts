import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { newStemmer } from "../../src/analysis/new-stemmer.js";

const ENTRY = fileURLToPath(new URL("../../dist/index.cjs", `file://${__filename}`));

/** Whether the stemmers are loaded, after the package and after its first analyzer. */
const PROGRAM = `
  const { textAnalyzer } = require(${JSON.stringify(ENTRY)});
  const isLoaded = () => Object.keys(require.cache).some((path) => path.includes("snowball-stemmers"));
  const states = [isLoaded()];
  states.push([...textAnalyzer()("running")].join(), isLoaded());
  console.log(JSON.stringify(states));
`;

describe("newStemmer", () => {
  it("stems words of a language", () => {
    expect(newStemmer("english").stem("running")).toBe("run");
    expect(newStemmer("german").stem("häuser")).toBe("haus");
  });

  it("loads the stemmers when one is first needed", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM]);
    expect(JSON.parse(stdout)).toEqual([false, "run", true]);
  }, 60_000);
});
