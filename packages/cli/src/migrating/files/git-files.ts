import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isErrorCode } from "@secondpass/core/node";
import { CommandError } from "../../errors/command-error.js";

/** Git runs no program that a repository configures. */
const QUIET = ["-c", "core.fsmonitor=false"];

/** Queries git about files. */
export const gitFiles = { isInGit, list, isClean };

/** Whether a folder is in the working tree of a git repository. @throws {CommandError} if it is, and git is not installed */
async function isInGit(folder: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { code, stdout } = await git(folder, ["rev-parse", "--is-inside-work-tree"], signal);
    return code === 0 && stdout.trim() === "true";
  } catch (error) {
    if (!isErrorCode(error, "ENOENT")) throw error;
    if (!hasRepository(folder)) return false;
    throw new CommandError(
      `${folder} is in a git repository, and git, which knows the ignored files, is not installed. Install git.`,
    );
  }
}

/** Lists files of a folder that are not ignored, tracked or not, by path in the folder. @param name of one file, instead of all */
async function list(folder: string, name: string | undefined, signal: AbortSignal): Promise<string[]> {
  const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", name ?? "."];
  return (await succeed(folder, words, signal)).split("\0").filter(Boolean);
}

/** Whether a folder has neither uncommitted changes nor untracked files. */
async function isClean(folder: string, name: string | undefined, signal: AbortSignal): Promise<boolean> {
  return (await succeed(folder, ["status", "--porcelain", "-z", "--", name ?? "."], signal)) === "";
}

async function succeed(folder: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  const { code, stdout, stderr } = await git(folder, words, signal);
  if (code !== 0) throw new CommandError(`git ${words[0]} failed in ${folder}: ${stderr.trim()}`);
  return stdout;
}

async function git(folder: string, words: readonly string[], signal: AbortSignal) {
  const child = spawn("git", ["--literal-pathspecs", ...QUIET, "-C", folder, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
    signal,
  });
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve)),
  ]);
  return { code, stdout, stderr };
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

function hasRepository(folder: string): boolean {
  return existsSync(join(folder, ".git")) || (dirname(folder) !== folder && hasRepository(dirname(folder)));
}
