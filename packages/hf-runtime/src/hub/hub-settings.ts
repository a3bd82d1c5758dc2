import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { LoadOptions } from "../contracts/load-options.js";

/** Where the hub is, where its cache is, and how to behave towards both. */
export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly cacheDir: string;
  readonly token: string | undefined;
  readonly offline: boolean;
  /** False: snapshots hold files instead of links to blobs. */
  readonly symlinks: boolean;
  /** Longest wait for an answer, or for the next bytes of one, in milliseconds. */
  readonly timeoutMs: number;
  /** First pause before a request is tried again, in milliseconds; doubles each time. */
  readonly retryDelayMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** huggingface_hub waits 10 s; slow mirrors have been seen to take longer for the first byte of a large file. */
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRY_DELAY_MS = 500;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from options, else from the environment variables of Python's huggingface_hub, else its defaults.
 * Source: https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
export function hubSettings(
  options: Pick<LoadOptions, "cacheDir" | "token" | "endpoint" | "localFilesOnly" | "fetch">,
  env: Environment = process.env,
): HubSettings {
  const home = hubHome(env);
  const cache = options.cacheDir ?? env.HF_HUB_CACHE ?? env.HUGGINGFACE_HUB_CACHE;
  const timeoutSeconds = Number(env.HF_HUB_DOWNLOAD_TIMEOUT);
  return {
    endpoint: (options.endpoint || env.HF_ENDPOINT || "https://huggingface.co").replace(/\/+$/, ""),
    cacheDir: cache ? expandHome(cache) : join(home, "hub"),
    token: options.token?.trim() || environmentToken(env, home),
    offline: options.localFilesOnly ?? isOn(env.HF_HUB_OFFLINE ?? env.TRANSFORMERS_OFFLINE),
    symlinks: !isOn(env.HF_HUB_DISABLE_SYMLINKS),
    timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * 1000 : DEFAULT_TIMEOUT_MS,
    retryDelayMs: DEFAULT_RETRY_DELAY_MS,
    fetch: options.fetch ?? globalThis.fetch,
  };
}

function hubHome(env: Environment): string {
  if (env.HF_HOME) return expandHome(env.HF_HOME);
  return join(env.XDG_CACHE_HOME ? expandHome(env.XDG_CACHE_HOME) : join(homedir(), ".cache"), "huggingface");
}

function environmentToken(env: Environment, home: string): string | undefined {
  if (isOn(env.HF_HUB_DISABLE_IMPLICIT_TOKEN)) return undefined;
  const token = env.HF_TOKEN ?? env.HUGGING_FACE_HUB_TOKEN;
  if (token?.trim()) return token.trim();
  try {
    const file = env.HF_TOKEN_PATH ? expandHome(env.HF_TOKEN_PATH) : join(home, "token");
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined; // Nobody has logged in on this machine.
  }
}

/** Python takes these words, in any case, for true. */
function isOn(value: string | undefined): boolean {
  return /^(1|on|yes|true)$/i.test(value ?? "");
}

function expandHome(path: string): string {
  return resolve(path.replace(/^~(?=$|[/\\])/, homedir()));
}
