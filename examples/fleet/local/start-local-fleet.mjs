import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.mjs";
import { localPostgres } from "./local-postgres.mjs";
import { Part } from "./part.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const CLI = here("../../../packages/cli/dist/cli.js");
const PROGRAM = here("../fleet.mjs");
const HAPROXY = here("../haproxy.cfg");

/** Seconds for which a server still takes requests after SIGTERM: longer than HAProxy needs to notice. As in compose.yaml. */
const NOTICE_SECONDS = 3;

/**
 * Starts the whole fleet on this machine, each part as a process: Postgres, workers, rerank servers with the mini models, and HAProxy in front.
 * @param {object} [options]
 * @param {number} [options.servers] `@default 2`
 * @param {number} [options.workers] `@default 2`
 * @param {Record<string, string>} [options.env] more settings, see read-settings.mjs
 */
export async function startLocalFleet({ servers = 2, workers = 2, env: more = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  /** @type {Part[]} */
  const parts = [];
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  // Runs however this process ends; part.mjs ends the other processes before.
  process.once("exit", remove);
  const stop = async () => {
    await Promise.all(parts.map((part) => part.kill()));
    remove();
    process.off("exit", remove);
  };
  try {
    const postgres = localPostgres({ folder: join(folder, "postgres"), port: await freePort() });
    parts.push(postgres.part);
    postgres.initialize();
    await postgres.start();

    const rerankPort = await freePort();
    const env = {
      ...process.env,
      FLEET_DATABASE_URL: postgres.url,
      FLEET_RERANK_URL: `http://127.0.0.1:${rerankPort}`,
      ...more,
    };
    await runProgram(["prepare"], env);

    const serverParts = [];
    /** @type {Record<string, string>} */
    const addresses = {};
    for (let place = 1; place <= servers; place++) {
      const port = await freePort();
      addresses[`FLEET_RERANK_${place}`] = `127.0.0.1:${port}`;
      const words = ["serve", "--port", String(port), "--threads", "1", "--log-level", "warn"];
      serverParts.push(
        node(
          `rerank-${place}`,
          [CLI, ...words, "--notice-seconds", String(NOTICE_SECONDS)],
          process.env,
          "Serving",
        ),
      );
    }
    const workerParts = Array.from({ length: workers }, (_, place) =>
      node(`worker-${place + 1}`, [PROGRAM, "work"], env, "Working."),
    );
    const haproxy = new Part({
      name: "haproxy",
      command: haproxyProgram(),
      words: ["-db", "-f", HAPROXY],
      env: {
        ...process.env,
        ...addresses,
        FLEET_BIND: `127.0.0.1:${rerankPort}`,
      },
      isReady: () => isOk(`${env.FLEET_RERANK_URL}/ready`),
    });
    parts.push(...serverParts, ...workerParts, haproxy);
    await Promise.all([...serverParts, ...workerParts].map((part) => part.start()));
    if (servers > 0) await haproxy.start();
    return { env, postgres, servers: serverParts, workers: workerParts, haproxy, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} name
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @param {string} said output that shows that it is ready
 */
function node(name, words, env, said) {
  return new Part({
    name,
    command: process.execPath,
    words,
    env,
    isReady: (output) => output.includes(said),
  });
}

/**
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 */
async function runProgram(words, env) {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`fleet.mjs ${words.join(" ")} failed: ${stderr}`);
}

/** @param {string} url */
async function isOk(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Debian installs it in a folder that only root's PATH has. */
function haproxyProgram() {
  const name = ["haproxy", "/usr/sbin/haproxy"].find((path) => spawnSync(path, ["-v"]).status === 0);
  if (name === undefined)
    throw new Error("Expected HAProxy 2.4 or newer. Install it so that `haproxy -v` works.");
  return name;
}
