import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { LoadOptions } from "@secondpass/hf-runtime";
import type { RerankServerLimits } from "@secondpass/rerank-server";
import { UsageError } from "../errors/usage-error.js";
import { readPositiveInteger } from "../options/read-positive-integer.js";

/** Settings of the server. Names in capitals are environment variables. */
export interface ServerSettings {
  /** The model to load. `/opt/ml/model`, else `HF_MODEL_ID`; `HF_MODEL_REVISION`, `DTYPE`, `MAX_LENGTH`, `THREADS` */
  readonly model: LoadOptions;
  /** `HOST` @default "127.0.0.1"; the image sets 0.0.0.0 */
  readonly host: string;
  /** `SAGEMAKER_BIND_TO_PORT`, else `PORT` @default 8080 */
  readonly port: number;
  /**
   * `PAYLOAD_LIMIT`, `MAX_CLIENT_BATCH_SIZE`, `MAX_CONCURRENT_REQUESTS`, `MAX_OUTSTANDING_TOKENS`, `MAX_INFLIGHT_BYTES`, `MAX_BATCH_PAIRS`,
   * `MAX_BATCH_TOKENS`, `MAX_CONNECTIONS` @default the server's
   */
  readonly limits: RerankServerLimits;
  /** Whether pairs that are too long are cut if a request does not say. `AUTO_TRUNCATE` @default true */
  readonly autoTruncate: boolean;
  /** "trace" … "fatal", "silent". `LOG_LEVEL` @default "info" */
  readonly logLevel: string;
  /** How long SIGTERM waits for requests in progress, in ms; SageMaker kills after 30 s. `SHUTDOWN_GRACE_MS` @default 25_000 */
  readonly shutdownGraceMs: number;
}

/** Folder into which SageMaker unpacks `model.tar.gz`. */
const SAGEMAKER_MODEL_DIR = "/opt/ml/model";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment; `overrides` (the command line) take precedence.
 *
 * @throws {UsageError} if a value is invalid, or no model is named
 */
export function readSettings(
  env: Environment,
  overrides: { readonly model?: string; readonly host?: string; readonly port?: string } = {},
  modelDir = SAGEMAKER_MODEL_DIR,
): ServerSettings {
  const integer = <T>(name: string, fallback: T) => {
    const text = env[name];
    return text ? readPositiveInteger(name, text) : fallback;
  };
  return {
    model: {
      ...findModel(env, overrides.model, modelDir),
      dtype: env.DTYPE || "fp32",
      maxLength: integer("MAX_LENGTH", undefined),
      // The server uses the whole machine; the runtime's own default leaves cores for other programs.
      threads: integer("THREADS", availableParallelism()),
    },
    host: overrides.host ?? (env.HOST || "127.0.0.1"),
    port: readPort(overrides.port ?? (env.SAGEMAKER_BIND_TO_PORT || env.PORT || "8080")),
    limits: {
      bodyBytes: integer("PAYLOAD_LIMIT", 6_291_456),
      pairsPerRequest: integer("MAX_CLIENT_BATCH_SIZE", 256),
      concurrentRequests: integer("MAX_CONCURRENT_REQUESTS", 512),
      outstandingTokens: integer("MAX_OUTSTANDING_TOKENS", 1024 * 1024),
      inflightBytes: integer("MAX_INFLIGHT_BYTES", 256 * 1024 * 1024),
      pairsPerBatch: integer("MAX_BATCH_PAIRS", 64),
      tokensPerBatch: integer("MAX_BATCH_TOKENS", 16_384),
      connections: integer("MAX_CONNECTIONS", undefined),
    },
    autoTruncate: readBoolean("AUTO_TRUNCATE", env.AUTO_TRUNCATE, true),
    logLevel: env.LOG_LEVEL || "info",
    shutdownGraceMs: integer("SHUTDOWN_GRACE_MS", 25_000),
  };
}

function findModel(
  env: Environment,
  override: string | undefined,
  modelDir: string,
): Pick<LoadOptions, "model" | "revision"> {
  const revision = env.HF_MODEL_REVISION || undefined;
  if (override) return { model: override, revision };
  if (existsSync(`${modelDir}/config.json`)) return { model: modelDir };
  if (env.HF_MODEL_ID) return { model: env.HF_MODEL_ID, revision };
  throw new UsageError(
    `Expected a model: ${modelDir} has no config.json and HF_MODEL_ID is not set. Deploy with a model.tar.gz, set ` +
      "HF_MODEL_ID to a hub id, or pass --model.",
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`Expected a port from 0 to 65535, got "${text}".`);
}

function readBoolean(name: string, text: string | undefined, fallback: boolean): boolean {
  if (!text) return fallback;
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw new UsageError(`Expected ${name} to be "true" or "false", got "${text}".`);
}
