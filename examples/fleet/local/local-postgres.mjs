import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Part } from "./part.mjs";

/** Postgres never runs as root: root starts it as "nobody". */
const NOBODY = 65_534;
/** After a kill, the processes that served connections take a moment to notice; until then, it does not start. */
const START_MS = 30_000;

/**
 * Starts Postgres with its own folder and port. Anybody on this machine can connect without a password: not for production.
 * @param {object} place
 * @param {string} place.folder is created; the caller must own the folder above it
 * @param {number} place.port
 * @param {string} [place.bin] folder of initdb and postgres. `@default FLEET_POSTGRES_BIN, or PyPI's pgserver in the environment of SECONDPASS_PYTHON`
 */
export function localPostgres({ folder, port, bin = postgresFolder() }) {
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const data = join(folder, "data");
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  mkdirSync(data, { recursive: true });
  if (user !== undefined) {
    for (const path of [folder, data]) chownSync(path, user, user);
    // Only its owner can read a temporary folder.
    chmodSync(dirname(folder), 0o755);
  }

  const part = new Part({
    name: "postgres",
    command: join(bin, "postgres"),
    words: ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "shared_buffers=256MB"],
    isReady: () => answers(url),
    ...(user === undefined ? {} : { user }),
  });
  return {
    url,
    part,
    initialize() {
      const words = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
      execFileSync(join(bin, "initdb"), words, {
        stdio: ["ignore", "ignore", "pipe"],
        ...(user === undefined ? {} : { uid: user, gid: user }),
      });
    },
    async start() {
      const started = performance.now();
      for (;;) {
        try {
          return await part.start();
        } catch (error) {
          if (performance.now() - started > START_MS) throw error;
          await sleep(100);
        }
      }
    },
  };
}

/** @param {string} url */
async function answers(url) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function postgresFolder() {
  const { FLEET_POSTGRES_BIN, SECONDPASS_PYTHON } = process.env;
  if (FLEET_POSTGRES_BIN) return FLEET_POSTGRES_BIN;
  if (SECONDPASS_PYTHON) {
    const libraries = join(dirname(SECONDPASS_PYTHON), "..", "lib");
    for (const version of existsSync(libraries) ? readdirSync(libraries) : []) {
      const bin = join(libraries, version, "site-packages", "pgserver", "pginstall", "bin");
      if (existsSync(bin)) return bin;
    }
  }
  const { stdout } = spawnSync("pg_config", ["--bindir", "--sharedir"], { encoding: "utf8" });
  const [bin = "", share = ""] = (stdout ?? "").split("\n");
  if (existsSync(join(share, "extension", "vector.control"))) return bin;
  throw new Error(
    "Expected Postgres 16 with pgvector. Name its folder of programs in FLEET_POSTGRES_BIN, or install PyPI's pgserver and name its Python in SECONDPASS_PYTHON.",
  );
}
