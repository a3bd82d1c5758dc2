import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";

const SCRIPT = join(__dirname, "../../structure/check-structure.mjs");

/** Two packages that keep every rule: `app` imports `base`, its folder `top` imports `low`. */
const SOUND = {
  "structure.config.mjs": `
    export const imports = { base: { siblings: {}, libraries: "none", node: [] }, app: { siblings: { base: {} }, libraries: [] } };
    export const guarded = ["@langchain/"];
    export const floors = { "packages/base": [["."]], "packages/app": [["."], ["top"], ["low", "side"]] };
    export const unnamed = {};
    export const knownBreaches = [];`,
  "packages/base/package.json": `{ "name": "@x/base", "type": "module", "exports": "./dist/index.js" }`,
  "packages/base/dist/index.js": "export const base = 1;",
  "packages/base/src/index.ts": "",
  "packages/app/src/index.ts": `export * from "./top/top.js";`,
  "packages/app/src/top/top.ts": `import { low } from "../low/low.js"; export const top = low;`,
  "packages/app/src/low/low.ts": "export const low = 1;",
  "packages/app/src/side/side.ts": "export const side = 1;",
};

/** Each rule is broken once, in separate files. */
const BREACHES: readonly [what: string, message: string, files: Record<string, string>][] = [
  [
    "an import from a higher floor, of types only",
    "floors: packages/app/src/low/up.ts → packages/app/src/top/top.ts",
    {
      "packages/app/src/low/up.ts": `import type { top } from "../top/top.js"; export const up = {} as typeof top;`,
    },
  ],
  [
    "a circle of files",
    "file circles: packages/app/src/low/one.ts → packages/app/src/low/two.ts → packages/app/src/low/one.ts",
    {
      "packages/app/src/low/one.ts": `import { two } from "./two.js"; export const one = two;`,
      "packages/app/src/low/two.ts": `import { one } from "./one.js"; export const two = one;`,
    },
  ],
  [
    "a circle of folders on one floor, without a circle of files",
    "folder circles: packages/app/src/low/stem.ts → packages/app/src/side/side.ts",
    {
      "packages/app/src/low/stem.ts": `import { side } from "../side/side.js"; export const stem = side;`,
      "packages/app/src/side/branch.ts": `import { low } from "../low/low.js"; export const branch = low;`,
    },
  ],
  [
    "the source of another package",
    "packages: packages/app/src/low/source.ts → packages/base/src/index.ts",
    { "packages/app/src/low/source.ts": `import "../../../base/src/index.js"; export const source = 1;` },
  ],
  [
    "a package that the table does not list",
    "packages: packages/base/src/up.ts → packages/app/dist/index.js",
    {
      "packages/base/src/up.ts": `import "../../app/dist/index.js"; export const up = 1;`,
      "packages/app/dist/index.js": "",
    },
  ],
  [
    "a library that the table does not list",
    "packages: packages/app/src/low/library.ts → node_modules/@langchain/core/index.js",
    {
      "packages/app/src/low/library.ts": `import "@langchain/core"; export const library = 1;`,
      "node_modules/@langchain/core/package.json": `{ "name": "@langchain/core", "main": "index.js" }`,
      "node_modules/@langchain/core/index.js": "",
    },
  ],
  [
    "a package that is not a dependency",
    "packages: packages/app/src/low/absent.ts → @x/absent (not found)",
    { "packages/app/src/low/absent.ts": `import type { X } from "@x/absent"; export type Absent = X;` },
  ],
  [
    "a file that is not there",
    "packages: packages/app/src/low/gone.ts → ./nowhere.js (not found)",
    { "packages/app/src/low/gone.ts": `export const gone = () => import("./nowhere.js");` },
  ],
  [
    "a package that imports its own entry",
    "packages: packages/app/src/low/itself.ts → packages/app/dist/index.js",
    {
      "packages/app/src/low/itself.ts": `import "../../dist/index.js"; export const itself = 1;`,
      "packages/app/dist/index.js": "",
    },
  ],
  [
    "a Node built-in where none is allowed",
    "packages: packages/base/src/built-in.ts → fs",
    { "packages/base/src/built-in.ts": `import "node:fs"; export const builtIn = 1;` },
  ],
  [
    "a file that exports nothing with its name",
    "own name: packages/app/src/low/low-level.ts → other",
    { "packages/app/src/low/low-level.ts": "export const other = 1;" },
  ],
  [
    "a part of a benchmark that exports nothing with its name",
    "own name: bench/topic/some-part.mjs → other",
    {
      "bench/topic/some-part.mjs": "export const other = 1;",
      "bench/topic/run.mjs": `import "./some-part.mjs";`,
    },
  ],
  [
    "a helper of tests that exports nothing with its name",
    "own name: packages/app/test/support/some-helper.ts → other",
    { "packages/app/test/support/some-helper.ts": "export const other = 1;" },
  ],
  [
    "a kernel that exports nothing with its name",
    "own name: packages/app/assembly/some-kernel.ts → other",
    { "packages/app/assembly/some-kernel.ts": "export const other = 1;" },
  ],
  [
    "a script that exports nothing with its name",
    "own name: scripts/topic/some-script.mjs → other",
    { "scripts/topic/some-script.mjs": "export const other = 1;" },
  ],
  [
    "a test outside of test",
    "tests: packages/app/src/low/low.test.ts → the folder test",
    { "packages/app/src/low/low.test.ts": "" },
  ],
  [
    "a package without floors",
    "floors: packages/more → no floors listed",
    { "packages/more/src/index.ts": "" },
  ],
  [
    "a package that the table of imports does not list",
    "packages: packages/more → no line in `imports`",
    { "packages/more/src/index.ts": "" },
  ],
  [
    "a folder that is on no floor",
    "floors: packages/app/src/attic → not on a floor",
    { "packages/app/src/attic/attic.ts": "export const attic = 1;" },
  ],
  [
    "an entry of the known breaches that is not a breach",
    `lists "packages/app: nothing", which is not a breach any more`,
    {
      "structure.config.mjs": SOUND["structure.config.mjs"].replace(
        "knownBreaches = []",
        `knownBreaches = ["packages/app: nothing"]`,
      ),
    },
  ],
];

/** Checks a workspace of these files. */
function check(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "structure-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, root], { encoding: "utf8" });
    return { status, stderr };
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("the check of the structure", () => {
  it("passes a workspace that keeps the rules", () => {
    expect(check(SOUND)).toEqual({ status: 0, stderr: "" });
  });

  it("lets a known breach pass", () => {
    const known = `knownBreaches = ["packages/app: own name"]`;
    const config = SOUND["structure.config.mjs"].replace("knownBreaches = []", known);
    const breach = { "packages/app/src/low/low-level.ts": "export const other = 1;" };
    expect(check({ ...SOUND, ...breach, "structure.config.mjs": config })).toEqual({ status: 0, stderr: "" });
  });

  it("reports an import from a higher floor, and not the circle of folders that it closes", () => {
    const { stderr } = check({
      ...SOUND,
      "packages/app/src/low/up.ts": `import type { top } from "../top/top.js"; export const up = {} as typeof top;`,
    });
    expect(stderr).toBe(
      "floors: packages/app/src/low/up.ts → packages/app/src/top/top.ts\n" +
        "docs/contributing/structure.md explains the rules and how to keep them.\n",
    );
  });

  describe("of a workspace that breaks every rule", () => {
    let broken: ReturnType<typeof check>;
    beforeAll(() => {
      broken = check(Object.assign({}, SOUND, ...BREACHES.map(([, , files]) => files)));
    });

    it("fails", () => expect(broken.status).toBe(1));

    it.each(BREACHES)("names %s", (_what, message) => expect(broken.stderr).toContain(message));
  });
});
