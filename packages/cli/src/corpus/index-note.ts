import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fileErrorAdvice, writeFileAtomically } from "@secondpass/core/node";
import { CommandError } from "../errors/command-error.js";
import { type CorpusSettings, SETTING_FLAGS } from "./corpus-settings.js";

/** File of an index with its settings and the name of the folder next to it that holds the passages. */
export const NOTE_FILE = "index.json";

const FORMAT = "secondpass-index";
/** Format version; increase it when the format changes. */
const VERSION = 1;

/** Description of an index: its settings, and the folder of its passages. */
export interface IndexNote {
  readonly settings: CorpusSettings;
  /** Name of the folder with the passages. */
  readonly store: string;
}

/** Names the folder for the passages after the settings, so that passages of other settings are never overwritten. */
export function storeName(settings: CorpusSettings, prefix: "store" | "unfinished"): string {
  const names = Object.keys(SETTING_FLAGS) as (keyof CorpusSettings)[];
  const values = [VERSION, ...names.map((name) => settings[name] ?? null)];
  const digest = createHash("sha256").update(JSON.stringify(values)).digest("hex");
  return `${prefix}-${digest.slice(0, 12)}`;
}

/** Whether a file or folder in an index's folder belongs to the index. */
export function isOurs(name: string): boolean {
  return (
    /^(store|unfinished)-[0-9a-f]{12}$/.test(name) || name === "writer.lock" || name.startsWith(NOTE_FILE)
  );
}

/**
 * Reads the description of the index in a folder.
 * @returns undefined if the folder has no index
 * @throws {CommandError} if it cannot be read, or was written by another program or a newer version
 */
export async function readNote(folder: string): Promise<IndexNote | undefined> {
  const path = join(folder, NOTE_FILE);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR")
      throw new CommandError(`Expected --index to be a folder, got the file ${folder}.`);
    throw new CommandError(`Cannot read ${path}: ${fileErrorAdvice(error as NodeJS.ErrnoException)}`, {
      cause: error,
    });
  }
  const note = parseNote(text, folder);
  if (note !== undefined) return note;
  throw new CommandError(
    `Expected ${path} to describe an index of secondpass, version ${VERSION}, got something else. Choose another folder with --index, or replace it with \`secondpass index DIR --force\`.`,
  );
}

/** Writes the description of an index. Its passages must be saved before. */
export async function writeNote(folder: string, { settings, store }: IndexNote): Promise<void> {
  const { corpus, ...rest } = settings;
  // Relative to the index, so that folder and index can be moved together.
  const path = relative(resolve(folder), corpus).split(sep).join("/") || ".";
  const note = { format: FORMAT, version: VERSION, store, corpus: path, ...rest };
  await writeFileAtomically(join(folder, NOTE_FILE), `${JSON.stringify(note, undefined, 2)}\n`);
}

function parseNote(text: string, folder: string): IndexNote | undefined {
  let note: Record<string, unknown>;
  try {
    note = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (note?.format !== FORMAT || note.version !== VERSION) return undefined;
  const { store, corpus, globs, excluded, encoding, embedder, revision, chunkSize, chunkOverlap } = note;
  const isText = (value: unknown): value is string => typeof value === "string";
  const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
  const isOptional = (value: unknown) => value === undefined || isText(value);
  if (!isText(store) || !isOurs(store) || !isText(corpus) || !isText(embedder)) return undefined;
  if (!isTexts(globs) || !isTexts(excluded) || !isOptional(encoding) || !isOptional(revision))
    return undefined;
  if (typeof chunkSize !== "number" || typeof chunkOverlap !== "number") return undefined;
  return {
    store,
    settings: {
      corpus: resolve(folder, corpus),
      globs,
      excluded,
      encoding: encoding as string | undefined,
      embedder,
      revision: revision as string | undefined,
      chunkSize,
      chunkOverlap,
    },
  };
}
