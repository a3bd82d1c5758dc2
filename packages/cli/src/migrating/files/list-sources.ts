import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, sep } from "node:path";
import { fileErrorAdvice, isSystemError } from "@secondpass/core/node";
import { CommandError } from "../../errors/command-error.js";
import { gitFiles } from "./git-files.js";

const PROGRAMS = new Set([".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"]);
/** Files with programs inside; they are searched, not rewritten. */
const MIXED = new Set([".vue", ".svelte", ".astro", ".mdx"]);

/** The files that a path names. */
export interface SourceTree {
  /** As it was given. */
  readonly given: string;
  /** The folder, if it is one: all of its files are here. */
  readonly folder: string | undefined;
  readonly isInGit: boolean;
  readonly isClean: boolean;
  /** Absolute paths of programs, and of other files that have programs in them. */
  readonly files: readonly string[];
  /** Absolute paths of package.json files. */
  readonly manifests: readonly string[];
}

/**
 * Lists the files of a path that may be rewritten: not in node_modules, not ignored by git, not behind links. Outside of git, folders whose
 * name begins with a dot are left out, too.
 * @throws {CommandError} if there is nothing at the path
 */
export async function listSources(given: string, signal: AbortSignal): Promise<SourceTree> {
  const root = await realpath(given).catch((error: unknown) => {
    throw isSystemError(error) ? new CommandError(`Cannot read ${given}: ${fileErrorAdvice(error)}`) : error;
  });
  const isFile = (await stat(root)).isFile();
  const folder = isFile ? dirname(root) : root;
  const name = isFile ? basename(root) : undefined;
  const inGit = await gitFiles.isInGit(folder, signal);
  const names = inGit
    ? await gitFiles.list(folder, name, signal)
    : name === undefined
      ? await walk(folder, signal)
      : [name];
  const paths: string[] = [];
  for (const path of new Set(names.map((file) => join(folder, ...file.split("/"))))) {
    if (path.split(sep).includes("node_modules") && !folder.split(sep).includes("node_modules")) continue;
    // Links lead out of the folder, and tracked files may have been deleted.
    if (isWanted(path) && (await lstat(path).catch(() => undefined))?.isFile()) paths.push(path);
  }
  paths.sort();
  return {
    given,
    folder: isFile ? undefined : folder,
    isInGit: inGit,
    isClean: inGit && (await gitFiles.isClean(folder, name, signal)),
    files: paths.filter((path) => basename(path) !== "package.json"),
    manifests: paths.filter((path) => basename(path) === "package.json"),
  };
}

/** Whether a file contains programs among other text, and so is not rewritten. */
export function isMixed(path: string): boolean {
  return MIXED.has(extname(path));
}

function isWanted(path: string): boolean {
  return PROGRAMS.has(extname(path)) || isMixed(path) || basename(path) === "package.json";
}

/** Files of a folder, with "/" between folders. */
async function walk(folder: string, signal: AbortSignal, within = ""): Promise<string[]> {
  signal.throwIfAborted();
  const files: string[] = [];
  for (const entry of await readdir(join(folder, within), { withFileTypes: true })) {
    const path = within === "" ? entry.name : `${within}/${entry.name}`;
    const isLeftOut = entry.name === "node_modules" || entry.name.startsWith(".");
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory() && !isLeftOut) files.push(...(await walk(folder, signal, path)));
  }
  return files;
}
