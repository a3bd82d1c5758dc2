import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InvalidOptionError } from "@secondpass/core";
import type { LoadOptions } from "../contracts/load-options.js";
import { expandPath } from "./expand-path.js";
import { homeFolder } from "./home-folder.js";

/** Settings of the hub and its cache. */
export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly cacheDir: string;
  readonly token: string | undefined;
  readonly offline: boolean;
  /** Whether snapshots hold links to blobs; if false, they hold files. */
  readonly symlinks: boolean;
  /** Longest wait for a response, or for its next bytes, in milliseconds. */
  readonly timeoutMs: number;
  /** First pause before a request is tried again, in milliseconds; doubles each time. */
  readonly retryDelayMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** huggingface_hub waits 10 s, but some slow mirrors take longer for the first byte of a large file. */
const DEFAULT_TIMEOUT_MS = 30_000;
/** Node's timers fire immediately if their time is longer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
const DEFAULT_RETRY_DELAY_MS = 500;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from options, else from the environment variables of Python's huggingface_hub and sentence-transformers, else their
 * defaults. An empty variable counts as not set.
 * Source: https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 * @throws InvalidOptionError if the endpoint is not a web address, or the token has characters that are not allowed in a header
 */
export function hubSettings(
  options: Pick<LoadOptions, "cacheDir" | "token" | "endpoint" | "localFilesOnly" | "fetch">,
  env: Environment = process.env,
): HubSettings {
  const home = hubHome(env);
  const timeoutSeconds = Number(env.HF_HUB_DOWNLOAD_TIMEOUT);
  return {
    endpoint: webAddress(options.endpoint || env.HF_ENDPOINT || "https://huggingface.co"),
    cacheDir: cacheFolder(options.cacheDir, env, home),
    token: sendable(options.token?.trim() || environmentToken(env, home)),
    offline: options.localFilesOnly ?? isOn(env.HF_HUB_OFFLINE ?? env.TRANSFORMERS_OFFLINE),
    symlinks: !isOn(env.HF_HUB_DISABLE_SYMLINKS),
    timeoutMs: timeoutSeconds > 0 ? Math.min(timeoutSeconds * 1000, MAX_TIMEOUT_MS) : DEFAULT_TIMEOUT_MS,
    retryDelayMs: DEFAULT_RETRY_DELAY_MS,
    fetch: options.fetch ?? globalThis.fetch,
  };
}

function hubHome(env: Environment): string {
  if (env.HF_HOME) return expandPath(env.HF_HOME, env);
  return expandPath(join(env.XDG_CACHE_HOME || join(homeFolder(), ".cache"), "huggingface"), env);
}

/** The cache folder. sentence-transformers uses its own variable without expanding it. */
function cacheFolder(option: string | undefined, env: Environment, home: string): string {
  if (option) return resolve(option.replace(/^~(?=$|[/\\])/, homeFolder));
  if (env.SENTENCE_TRANSFORMERS_HOME) return resolve(env.SENTENCE_TRANSFORMERS_HOME);
  const cache = env.HF_HUB_CACHE || env.HUGGINGFACE_HUB_CACHE;
  return cache ? expandPath(cache, env) : join(home, "hub");
}

function webAddress(endpoint: unknown): string {
  const text = String(endpoint);
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol === "https:" || protocol === "http:") return text.replace(/\/+$/, "");
  const advice = "It comes from the option endpoint or the environment variable HF_ENDPOINT.";
  throw new InvalidOptionError(
    "endpoint",
    "an address that starts with https:// or http://",
    endpoint,
    advice,
  );
}

/** Checks that a header can carry the token. No message shows the token. */
function sendable(token: string | undefined): string | undefined {
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return token;
  throw new InvalidOptionError("token", "an access token of ASCII characters without spaces", "(not shown)");
}

function environmentToken(env: Environment, home: string): string | undefined {
  if (isOn(env.HF_HUB_DISABLE_IMPLICIT_TOKEN)) return undefined;
  const token = env.HF_TOKEN?.trim() || env.HUGGING_FACE_HUB_TOKEN?.trim();
  if (token) return token;
  try {
    const file = env.HF_TOKEN_PATH ? expandPath(env.HF_TOKEN_PATH, env) : join(home, "token");
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined; // There is no token file: nobody has logged in on this machine.
  }
}

/** Whether a variable is one of the words that Python reads as true, in upper or lower case. */
function isOn(value: string | undefined): boolean {
  return /^(1|on|yes|true)$/i.test(value ?? "");
}
