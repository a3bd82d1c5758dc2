import { availableParallelism } from "node:os";
import type { World } from "../contract/world.js";
import { readKeys } from "./read-keys.js";
import { readModels } from "./read-models.js";
import type { ServeSettings } from "./serve-settings.js";

/** The values of the options of `serve`. */
export interface ServeValues {
  readonly model: readonly string[];
  readonly embedder: readonly string[];
  readonly alias: readonly string[];
  readonly "strict-models": boolean;
  readonly revision: string | undefined;
  readonly dtype: string;
  readonly "max-length": number | undefined;
  readonly threads: number | undefined;
  readonly isolation: string;
  readonly host: string;
  readonly port: number;
  readonly "api-key": readonly string[];
  readonly "api-keys-file": string | undefined;
  readonly cors: readonly string[];
  readonly "auto-truncate": boolean;
  readonly "max-client-batch-size": number;
  readonly "payload-limit": number;
  readonly "max-concurrent-requests": number;
  readonly "max-outstanding-tokens": number;
  readonly "max-batch-tokens": number;
  readonly "max-batch-pairs": number;
  readonly "max-connections": number | undefined;
  readonly "notice-seconds": number;
  readonly "grace-seconds": number;
  readonly "log-level": string;
  readonly "log-format": string | undefined;
}

/**
 * Makes the settings from the values of the options. Removes the keys from the environment, so that child processes do not inherit them.
 *
 * @throws {UsageError} if values contradict each other
 */
export function readSettings(values: ServeValues, env: World["env"]): ServeSettings {
  delete env.SECONDPASS_API_KEYS;
  return {
    models: readModels(values.model, values.embedder, values.alias),
    strictModels: values["strict-models"],
    load: {
      revision: values.revision,
      dtype: values.dtype,
      isolation: values.isolation as "worker" | "process",
      maxLength: values["max-length"],
      // The server has the machine to itself; the runtime's own default leaves room for others.
      threads: values.threads ?? availableParallelism(),
    },
    host: values.host,
    port: values.port,
    apiKeys: readKeys(values["api-key"], values["api-keys-file"]),
    cors: values.cors,
    autoTruncate: values["auto-truncate"],
    limits: {
      pairsPerRequest: values["max-client-batch-size"],
      bodyBytes: values["payload-limit"],
      concurrentRequests: values["max-concurrent-requests"],
      outstandingTokens: values["max-outstanding-tokens"],
      tokensPerBatch: values["max-batch-tokens"],
      pairsPerBatch: values["max-batch-pairs"],
      connections: values["max-connections"],
    },
    noticeMs: values["notice-seconds"] * 1000,
    graceMs: values["grace-seconds"] * 1000,
    logLevel: values["log-level"],
    logFormat: values["log-format"],
  };
}
