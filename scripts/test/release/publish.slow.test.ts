import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type LoopbackRegistry, startLoopbackRegistry } from "./loopback-registry.js";

jest.setTimeout(300_000);

const SCRIPT = join(__dirname, "../../release/publish.mjs");
const run = promisify(execFile);

/** Some eighty runs of npm: takes a minute, and needs the registry for third-party packages. `npm test` runs only the tests of the order. */
const long = process.env.SECONDPASS_SLOW === "1" ? describe : describe.skip;

describe("the order of publishing", () => {
  const orderOf = (manifests: Record<string, object>) => {
    const module = JSON.stringify(`file://${join(__dirname, "../../release/publish-order.mjs")}`);
    const program = `import { publishOrder } from ${module};
      console.log(publishOrder(new Map(Object.entries(${JSON.stringify(manifests)}))).join(" "));`;
    return run(process.execPath, ["--input-type=module", "-e", program]);
  };

  it("has each package after its dependencies, peers included", async () => {
    const manifests = {
      a: { dependencies: { c: "1", other: "1" } },
      b: { peerDependencies: { a: "1" } },
      c: {},
    };
    expect((await orderOf(manifests)).stdout).toBe("c a b\n");
  });

  it("names a circle", async () => {
    const circle = { a: { dependencies: { b: "1" } }, b: { dependencies: { a: "1" } } };
    await expect(orderOf(circle)).rejects.toMatchObject({
      stderr: expect.stringContaining("Packages depend on each other: a → b → a."),
    });
  });
});

long("publishing to a registry on loopback", () => {
  const work = mkdtempSync(join(tmpdir(), "secondpass-publish-"));
  let registry: LoopbackRegistry;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    registry = await startLoopbackRegistry();
    const { host } = new URL(registry.url);
    writeFileSync(
      join(work, "npmrc"),
      `@secondpass:registry=${registry.url}/\n//${host}/:_authToken=none\naudit=false\nfund=false\n`,
    );
    env = { ...process.env, npm_config_userconfig: join(work, "npmrc") };
  });
  afterAll(async () => {
    await registry.close();
    rmSync(work, { recursive: true, force: true });
  });

  it("publishes nothing on a dry run, then everything after its dependencies, then nothing again", async () => {
    await run(process.execPath, [SCRIPT, "--dry-run"], { env });
    expect(registry.published).toEqual([]);
    await run(process.execPath, [SCRIPT], { env });
    const names = registry.published.map((spec) => spec.slice("@secondpass/".length).split("@")[0]!);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(14);
    for (const [first, then] of [
      ["core", "faiss"],
      ["faiss", "vectorstore-faiss"],
      ["vectorstore-faiss", "retrievers-hybrid"],
      ["hf-runtime", "cross-encoders"],
      ["rerank-server", "cli"],
    ]) {
      expect(names.indexOf(first!)).toBeLessThan(names.indexOf(then!));
    }
    const { stdout } = await run(process.execPath, [SCRIPT], { env });
    expect(stdout.match(/^there /gm)).toHaveLength(14);
    expect(registry.published).toHaveLength(14);
  });

  it("gives users packages that they can install and run", async () => {
    writeFileSync(join(work, "package.json"), JSON.stringify({ private: true }));
    await run("npm", ["install", "--prefer-offline", "@secondpass/text-splitters"], { cwd: work, env });
    const program = `import("@secondpass/text-splitters").then(async ({ RecursiveCharacterTextSplitter: Splitter }) =>
      console.log((await new Splitter({ chunkSize: 10, chunkOverlap: 0 }).splitText("one two three")).join("|")));`;
    const { stdout } = await run(process.execPath, ["-e", program], { cwd: work });
    expect(stdout).toBe("one two|three\n");
  });

  it("says that the registry is down, and publishes nothing", async () => {
    writeFileSync(join(work, "down"), "@secondpass:registry=http://127.0.0.1:9/\nfetch-retries=0\n");
    const down = { ...env, npm_config_userconfig: join(work, "down") };
    await expect(run(process.execPath, [SCRIPT], { env: down })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The registry did not say whether it has @secondpass\/core@/),
    });
  });
});
