import { InvalidOptionError } from "@secondpass/core";
import { EMBEDDER_PATH } from "@secondpass/mini-models";

/**
 * The settings that all processes of the fleet share, from the environment. compose.yaml and kubernetes/ set them.
 * @param {NodeJS.ProcessEnv} env
 * @throws {InvalidOptionError} with the variable's name
 */
export function readSettings(env) {
  const text = (/** @type {string} */ name, /** @type {string} */ byDefault) => env[name] || byDefault;
  const count = (/** @type {string} */ name, /** @type {number} */ byDefault) => {
    const value = text(name, String(byDefault));
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidOptionError(name, "a positive integer", value);
    return Number(value);
  };
  return {
    /** Postgres with pgvector. */
    databaseUrl: text("FLEET_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"),
    /** The load balancer in front of the rerank servers. */
    rerankUrl: text("FLEET_RERANK_URL", "http://127.0.0.1:8080"),
    /** Hub id or folder; the same for all processes. */
    embedder: text("FLEET_EMBEDDER", EMBEDDER_PATH),
    /** Compute threads of a process that embeds. */
    threads: count("FLEET_THREADS", 1),
    /** Characters of a chunk; the overlap is a fifth. */
    chunkSize: count("FLEET_CHUNK_SIZE", 500),
    documentsPerJob: count("FLEET_DOCUMENTS_PER_JOB", 8),
    /** Seconds after which a job is given to another worker: the longest time until a lost worker is noticed. */
    jobSeconds: count("FLEET_JOB_SECONDS", 120),
    maintenanceSeconds: count("FLEET_MAINTENANCE_SECONDS", 30),
    pollMs: count("FLEET_POLL_MS", 500),
  };
}
