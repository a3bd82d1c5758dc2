import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { writeFileAtomically } from "@secondpass/core/node";
import { DemoError } from "./errors/demo-error.js";

/** Address of the text of LangChain's notebook (a work of the US government, public domain). */
const ADDRESS =
  "https://raw.githubusercontent.com/langchain-ai/langchain/master/docs/docs/how_to/state_of_the_union.txt";
const SHA256 = "1bde616ae3fa463f8dc0ce85b6729036f8028bd42511fc55d68189525fccb644";

export interface StateOfTheUnionOptions {
  /** @default $XDG_CACHE_HOME/secondpass, else ~/.cache/secondpass */
  readonly cacheDir?: string;
  readonly address?: string;
  readonly sha256?: string;
}

/**
 * Path of the notebook's text, downloaded on first use and checked against its known hash.
 * @throws {DemoError} if it is not in the cache and cannot be downloaded
 */
export async function stateOfTheUnion(options: StateOfTheUnionOptions = {}): Promise<string> {
  const {
    cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "secondpass"),
    address = ADDRESS,
    sha256 = SHA256,
  } = options;
  const path = join(cacheDir, "state_of_the_union.txt");
  const cached = await readFile(path).catch(() => undefined);
  if (cached && hash(cached) === sha256) return path;

  const text = await download(address);
  if (hash(text) !== sha256) {
    throw new DemoError(
      `Expected the State of the Union text with sha256 ${sha256}, got ${hash(text)} from ${address}. Give a copy with --file PATH.`,
    );
  }
  await writeFileAtomically(path, text);
  return path;
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function download(address: string): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new DemoError(
      `Could not download the State of the Union text from ${new URL(address).host} (${reason(error)}): connect to the network, or give a copy with --file PATH.`,
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
