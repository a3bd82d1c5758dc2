import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { appFolder, prepareApp, readmeOutput } from "./support/app-folder.js";
import { environment, network, newerNode, run, runLine } from "./support/run.js";
import { withNextServer } from "./support/with-next-server.js";
import { writeUser } from "./support/write-user.js";

/** `npm test` has no bundlers; the short form is bundles.services.test.ts. */
const whole = process.env.SECONDPASS_SLOW === "1" ? describe : describe.skip;
const PATIENCE_MS = 900_000;

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-deployed-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

whole("a standalone Next.js server", () => {
  beforeAll(prepareApp, PATIENCE_MS);

  it.each([
    { builder: "Turbopack", settings: "next.config.mjs", words: "" },
    { builder: "Turbopack", settings: "next.config.webpack.mjs", words: "" },
    { builder: "webpack", settings: "next.config.webpack.mjs", words: "--webpack" },
  ])(
    "reranks with the files that $builder included by $settings",
    async ({ settings, words }) => {
      // Without it, Next.js would use the folder of this repository's lockfile as the app's.
      const root = "export default { ...config, outputFileTracingRoot: import.meta.dirname };\n";
      const config = readFileSync(join(appFolder, settings), "utf8");
      const used = config.replace("export default", "const config =") + root;
      writeFileSync(join(appFolder, "next.config.mjs"), used);
      rmSync(join(appFolder, ".next"), { recursive: true, force: true });
      await runLine(`npx next build ${words}`);
      // Else links within the folder would lead to where it was built.
      cpSync(join(appFolder, ".next/standalone"), folder, { recursive: true, verbatimSymlinks: true });

      const { value, libraries } = await withNextServer(folder, async (url) => {
        const body = JSON.stringify({
          query: "How do I save an index?",
          texts: ["Bananas ripen.", "An index is saved to a folder."],
        });
        const response = await fetch(`${url}/rerank`, { method: "POST", body });
        return { status: response.status, answer: await response.json() };
      });
      expect(value).toMatchObject({ status: 200, answer: [{ index: 1 }, { index: 0 }] });
      expect(libraries).toEqual([expect.stringContaining(join(folder, "node_modules/onnxruntime-node"))]);
    },
    PATIENCE_MS,
  );
});

whole("README's first program, installed from the tarballs in an empty folder with an empty home", () => {
  beforeAll(prepareApp, PATIENCE_MS);

  /** Runs a package manager in a fresh project, as a continuous integration would. */
  function project(manager: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { project: cwd, home } = writeUser(folder);
    const all = { ...network, PATH: environment.PATH, HOME: home, CI: "1", NO_COLOR: "1", ...env };
    const [command, ...first] = manager;
    return {
      cwd,
      call: (...words: string[]) => run(command!, [...first, ...words], cwd, all),
      start: async (...program: string[]) => (await run(program[0]!, program.slice(1), cwd, all)).stdout,
    };
  }
  const installed = (name: string) => join(appFolder, "node_modules", name);

  it.each([["npm", "--no-audit"], ["bun"]])(
    "runs by %s",
    async (manager, ...words) => {
      const { call, start } = project([manager], { ONNXRUNTIME_NODE_INSTALL: "skip" });
      await call("install", ...words);
      expect(await start(manager === "bun" ? "bun" : process.execPath, "first.mjs")).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );

  it.each([
    { version: 10, node: process.execPath, ignored: /^/, program: "pnpm.cjs" },
    {
      version: 11,
      node: newerNode,
      ignored: /ERR_PNPM_IGNORED_BUILDS/,
      program: "pnpm.mjs",
    },
    {
      version: 12,
      node: newerNode,
      ignored: /ERR_PNPM_IGNORED_BUILDS/,
      program: "pnpm.mjs",
    },
  ])(
    "runs by pnpm $version, which needs permission for the install script",
    async ({ version, node, ignored, program }) => {
      const { cwd, call, start } = project([node, installed(`pnpm${version}/bin/${program}`)]);
      const said = await call("install", "--no-frozen-lockfile").then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: Error) => ({ code: 1, stdout: error.message }),
      );
      expect(said).toEqual({
        code: version === 10 ? 0 : 1,
        stdout: expect.stringMatching(ignored),
      });
      expect(said.stdout).toContain("Ignored build scripts: onnxruntime-node");

      rmSync(join(cwd, "node_modules"), { recursive: true });
      cpSync(join(appFolder, "pnpm-workspace.yaml"), join(cwd, "pnpm-workspace.yaml"));
      const { stdout, stderr } = await call("install", "--no-frozen-lockfile");
      expect(stdout + stderr).not.toContain("Ignored build scripts");
      expect(await start(node, "first.mjs")).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );

  it(
    "runs by Yarn's Plug'n'Play, which unplugs native code and weights",
    async () => {
      const yarn = [process.execPath, installed("@yarnpkg/cli-dist/bin/yarn.js")];
      const { cwd, call } = project(yarn, {
        YARN_ENABLE_TELEMETRY: "0",
        YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
      });
      // Yarn treats a folder without a lockfile as a part of the project above it.
      writeFileSync(join(cwd, "yarn.lock"), "");
      await call("install");
      expect(readdirSync(cwd)).not.toContain("node_modules");
      expect(readdirSync(join(cwd, ".yarn/unplugged")).sort()).toEqual([
        expect.stringMatching(/^@secondpass-mini-models-/),
        expect.stringMatching(/^onnxruntime-node-/),
      ]);
      expect((await call("node", "first.mjs")).stdout).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );
});
