import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { appFolder, documented, prepareApp, readmeOutput, tarballs } from "./support/app-folder.js";
import { environment, run, runLine } from "./support/run.js";

/** `npm test` has no bundlers; the short form is bundles.services.test.ts. */
const whole = process.env.SECONDPASS_SLOW === "1" ? describe : describe.skip;
const PATIENCE_MS = 900_000;

const QUERY = "How do I save an index?";
const TEXTS = ["Bananas ripen.", "An index is saved to a folder."];
const MB = 1e6;

whole("what docs/reference/bundlers.md says of deployments", () => {
  let folder: string;
  beforeAll(prepareApp, PATIENCE_MS);
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "secondpass-deployed-")));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(
    "makes a standalone Next.js server that reranks with its own files",
    async () => {
      // Without it, Next.js would take the folder of this repository's lockfile for the app's.
      const root = `export default { ...config, outputFileTracingRoot: import.meta.dirname };\n`;
      const config = readFileSync(join(appFolder, "next.config.mjs"), "utf8");
      writeFileSync(
        join(appFolder, "next.config.mjs"),
        config.replace("export default", "const config =") + root,
      );
      rmSync(join(appFolder, ".next"), { recursive: true, force: true });
      await runLine("npx next build");
      cpSync(join(appFolder, ".next/standalone"), folder, { recursive: true });

      const port = await freePort();
      const server = spawn(process.execPath, ["server.js"], {
        cwd: folder,
        env: { PATH: process.env.PATH, PORT: String(port), HOSTNAME: "127.0.0.1" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        for await (const text of server.stdout.setEncoding("utf8")) if (text.includes("Ready")) break;
        const response = await fetch(`http://127.0.0.1:${port}/rerank`, {
          method: "POST",
          body: JSON.stringify({ query: QUERY, texts: TEXTS }),
        });
        expect(response.status).toBe(200);
        expect(await response.json()).toMatchObject([{ index: 1 }, { index: 0 }]);
        const mapped = readFileSync(`/proc/${server.pid}/maps`, "utf8").match(/\/\S*libonnxruntime\S*/g);
        expect(new Set(mapped)).toEqual(
          new Set([expect.stringContaining(join(folder, "node_modules/onnxruntime-node"))]),
        );
      } finally {
        server.kill();
        await once(server, "exit");
      }
    },
    PATIENCE_MS,
  );

  it(
    "makes a Lambda function far below the limits, which answers from its own files",
    async () => {
      await runLine(documented("npx esbuild handler.mjs"));
      const built = join(folder, "function");
      cpSync(join(appFolder, "function"), built, { recursive: true });
      for (const name of ["onnxruntime-node", "onnxruntime-common", "@secondpass/mini-models"])
        cpSync(join(appFolder, "node_modules", name), join(built, "node_modules", name), { recursive: true });
      for (const line of ["rm -r node_modules/onnx", "rm -r node_modules/@second", "zip "])
        await runLine(documented(line), built);
      const zipped = statSync(join(folder, "function.zip")).size / MB;
      rmSync(built, { recursive: true });
      await run("unzip", ["-q", "function.zip", "-d", "task"], folder);
      const unzipped = Number((await run("du", ["-sb", "task"], folder)).stdout.split("\t")[0]) / MB;
      expect(zipped).toBeLessThan(40);
      expect(unzipped).toBeLessThan(80);

      const runner = `
      const { handler } = await import("./handler.mjs");
      console.log(JSON.stringify(await handler(JSON.parse(process.argv[1]))));
    `;
      const event = JSON.stringify({ query: QUERY, texts: TEXTS });
      const args = ["--input-type=module", "-e", runner, event];
      const { stdout } = await run(process.execPath, args, join(folder, "task"), {});
      expect(JSON.parse(stdout)).toMatchObject({ best: [{ index: 1 }, { index: 0 }] });
    },
    PATIENCE_MS,
  );

  const node24 = join(appFolder, "node_modules/node/bin/node");
  const program = (name: string) => join(appFolder, "node_modules", name);
  const yarn = [process.execPath, program("@yarnpkg/cli-dist/bin/yarn.js")];

  it.each([
    { manager: "npm", install: ["npm", "install", "--prefer-offline"], start: [process.execPath] },
    { manager: "bun", install: ["bun", "install"], start: ["bun"] },
    {
      manager: "pnpm 10",
      install: [process.execPath, program("pnpm10/bin/pnpm.cjs"), "install"],
      start: [process.execPath],
    },
    { manager: "pnpm 11", install: [node24, program("pnpm11/bin/pnpm.mjs"), "install"], start: [node24] },
    { manager: "pnpm 12", install: [node24, program("pnpm12/bin/pnpm.mjs"), "install"], start: [node24] },
    { manager: "Yarn 4 with Plug'n'Play", install: [...yarn, "install"], start: [...yarn, "node"] },
  ])(
    "installs from the tarballs with $manager in an empty home, and runs README's program",
    async ({ manager, install, start }) => {
      const home = join(folder, "home");
      mkdirSync(home);
      writeUser(folder);
      const cache = join(appFolder, "caches");
      const env = {
        PATH: `${dirname(install[0]!)}:${environment.PATH}`,
        HOME: home,
        // The registry's packages once in all, and ours, which keep their version, as they are now.
        npm_config_cache: join(cache, "npm"),
        BUN_INSTALL_CACHE_DIR: join(home, "bun"),
        YARN_ENABLE_TELEMETRY: "0",
        YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
        CI: "1",
        // What pnpm-workspace.yaml says is enough for pnpm.
        ...(!manager.startsWith("pnpm") && { ONNXRUNTIME_NODE_INSTALL: "skip" }),
      };
      const [command, ...args] = install;
      await run(
        command!,
        [...args, ...(manager.startsWith("pnpm") ? ["--no-frozen-lockfile"] : [])],
        folder,
        env,
      );
      const [runtime, ...words] = start;
      const { stdout } = await run(runtime!, [...words, "first.mjs"], folder, env);
      expect(stdout).toBe(readmeOutput);
    },
    PATIENCE_MS,
  );
});

/** A user's project with our tarballs in place of what the registry does not have yet. */
function writeUser(folder: string): void {
  const ours = Object.fromEntries([...tarballs()].map(([name, path]) => [name, `file:${path}`]));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      private: true,
      type: "module",
      dependencies: { ...ours, "@langchain/core": "^1.0.0" },
      overrides: ours,
      resolutions: ours,
    }),
  );
  const overrides = Object.entries(ours).map(([name, file]) => `  "${name}": ${file}\n`);
  writeFileSync(
    join(folder, "pnpm-workspace.yaml"),
    `${readFileSync(join(appFolder, "pnpm-workspace.yaml"), "utf8")}overrides:\n${overrides.join("")}`,
  );
  // Yarn takes a folder without a lockfile for a part of the project above it.
  writeFileSync(join(folder, "yarn.lock"), "");
  cpSync(join(appFolder, "first.mjs"), join(folder, "first.mjs"));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
