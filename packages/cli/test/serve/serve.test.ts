import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { EMBEDDER_PATH } from "@secondpass/mini-models";
import { post, until } from "@secondpass/test-kit";
import { type Program, runSecondpass, serveSecondpass } from "../run-secondpass.js";

// Processes that load models take seconds on a busy machine.
jest.setTimeout(120_000);

const programs: Program[] = [];
const kept = <P extends Program>(program: P) => {
  programs.push(program);
  return program;
};
afterEach(async () => {
  for (const { child } of programs) child.kill("SIGKILL");
  await Promise.all(programs.splice(0).map(({ ended }) => ended));
});

const admitted = async (url: string) => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^rerank_admitted_requests (\d+)$/m.exec(text)?.[1]);
};
const LONG = { query: "how tall is it?", texts: Array.from({ length: 256 }, () => "passage ".repeat(1000)) };

describe("secondpass serve", () => {
  it("serves the mini models to clients that show a key, says so in one line, and exits cleanly at SIGTERM", async () => {
    const words = [
      "--api-key",
      "canary-flag",
      "--alias",
      "rerank-v3.5=mini-reranker",
      "--log-level",
      "trace",
      // Generous, for busy machines.
      "--grace-seconds",
      "300",
    ];
    const { url, output, child, ended } = kept(await serveSecondpass(words));
    expect(output.stdout).toBe(`Serving mini-reranker, mini-embedder at ${url} (routes: ${url}/docs)\n`);
    const headers = { authorization: "Bearer canary-flag" };
    const body = {
      model: "rerank-v3.5",
      query: "How tall is the mountain?",
      documents: ["A lake.", "The mountain is 4806 m high."],
    };
    expect(await post({ url }, body, { path: "/v2/rerank", headers })).toMatchObject({
      status: 200,
      body: { results: [{ index: 1 }, { index: 0 }] },
    });
    expect(await post({ url }, { input: "a text" }, { path: "/v1/embeddings", headers })).toMatchObject({
      status: 200,
      body: { model: "mini-embedder", data: [{ index: 0 }] },
    });
    expect((await post({ url }, body, { path: "/v2/rerank" })).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const cmdline = `/proc/${child.pid}/cmdline`;
    if (existsSync(cmdline)) expect(readFileSync(cmdline, "latin1")).not.toContain("canary");

    const underWay = post({ url }, { ...LONG, texts: LONG.texts.slice(0, 20) }, { path: "/rerank", headers });
    await until(async () => (await admitted(url)) === 1);
    child.kill("SIGTERM");
    expect((await underWay).status).toBe(200);
    expect(await ended).toBe(0);
    expect(output.stdout.match(/\n/g)).toHaveLength(1);
    expect(output.stderr).not.toContain("canary");
    expect(output.stderr).toContain('"route":"/v2/rerank"');
  });

  it("warns if everybody may call it, and ends immediately at a second signal", async () => {
    const { url, output, child, ended } = kept(
      await serveSecondpass(["--host", "0.0.0.0", "--log-format", "text"], { SECONDPASS_API_KEYS: "" }),
    );
    expect(output.stderr).toMatch(/^Warning: everyone who can reach 0\.0\.0\.0 may use this server\./m);
    const local = { url: url.replace("0.0.0.0", "127.0.0.1") };
    const answers = [1, 2, 3].map(() =>
      post(local, LONG, { path: "/rerank" }).catch((error: unknown) => error),
    );
    await until(async () => (await admitted(local.url)) === 3);
    child.kill("SIGINT");
    await until(() =>
      fetch(`${local.url}/live`).then(
        () => false,
        () => true,
      ),
    );
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(await Promise.all(answers)).toContainEqual(expect.objectContaining({ status: 503 }));
    expect(output.stderr).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} info {2}ready milliseconds=\d+ model=mini-reranker/m,
    );
  });

  it("takes its options from the environment, and hides the keys from child processes", async () => {
    const { url, output } = kept(
      await serveSecondpass([], {
        SECONDPASS_API_KEYS: "canary-1,canary-2",
        SECONDPASS_LOG_LEVEL: "silent",
        SECONDPASS_STRICT_MODELS: "true",
      }),
    );
    const headers = { authorization: "Bearer canary-2" };
    const body = { model: "nobody", query: "q", documents: ["text"] };
    expect((await post({ url }, body, { path: "/v1/rerank", headers })).status).toBe(404);
    expect(output.stderr).toBe("");
  });
});

describe("secondpass serve while it loads", () => {
  it("is live but not ready, and exits cleanly at SIGTERM", async () => {
    // A hub that never answers.
    const hub = createServer().listen(0, "127.0.0.1");
    await once(hub, "listening");
    const { port } = hub.address() as { port: number };
    const env = { HF_ENDPOINT: `http://127.0.0.1:${port}` };
    const { child, output, ended } = kept(
      runSecondpass(["serve", "--port", "0", "--model", "org/none"], env),
    );
    await until(() => output.stderr.includes("Server listening at "));
    const [, url] = /listening at (http:[\w.:/]+)/.exec(output.stderr) ?? [];
    const status = async (path: string) => (await fetch(`${url}${path}`)).status;
    expect([await status("/live"), await status("/ready")]).toEqual([200, 503]);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output.stdout).toBe("");
    expect(output.stderr.match(/\n/g)?.length).toBe(output.stderr.match(/^\{.*\}$/gm)?.length);
    hub.close();
  });
});

describe("secondpass serve says what to do about", () => {
  /** Runs a program that cannot serve, until it ends. */
  const failure = async (words: string[], env?: Record<string, string>) => {
    const { output, ended } = kept(runSecondpass(["serve", "--log-level", "silent", ...words], env));
    return { code: await ended, ...output };
  };

  it("a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const message = `Port ${port} of 127.0.0.1 is in use. Choose another with --port, or --port 0 for any free one.\n`;
    expect(await failure(["--port", String(port)])).toEqual({ code: 1, stdout: "", stderr: message });
    other.close();
  });

  it("a folder that does not exist", async () => {
    const { code, stdout, stderr } = await failure(["--port", "0", "--model", "./no-such-folder"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^[^\n]*no-such-folder[^\n]*\n$/);
  });

  it("a model of the other kind", async () => {
    const { code, stderr } = await failure(["--port", "0", "--model", `mine=${EMBEDDER_PATH}`]);
    expect(code).toBe(1);
    expect(stderr).toContain(`give it as --embedder`);
  });

  it.each<[string, string[], RegExp]>([
    [
      "an origin with a path",
      ["--cors", "https://example.org/"],
      /^Expected --cors to be "\*" or an origin without a path/,
    ],
    ["an unknown number format", ["--dtype", "fp33"], /--dtype|fp33/],
  ])("%s", async (_name, words, message) => {
    const { code, stderr } = await failure(["--port", "0", ...words]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
