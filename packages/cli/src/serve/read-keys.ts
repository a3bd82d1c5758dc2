import { readFileSync } from "node:fs";
import { UsageError } from "../errors/usage-error.js";

/** Keys that fit into a header. */
const KEY = /^[\x21-\x7e]{1,512}$/;

/**
 * Collects the keys of the command line or the environment, and those of a file. No error shows a key.
 *
 * @param file path of a file with a key on each line; empty lines and those that begin with # are skipped
 * @returns undefined if no key is given
 * @throws {UsageError} if a key is invalid, or the file cannot be read or has none
 */
export function readKeys(given: readonly string[], file: string | undefined): string[] | undefined {
  for (const [index, key] of given.entries()) check(key, `key ${index + 1} of --api-key`);
  const fromFile = file === undefined ? [] : readFile(file);
  const keys = [...given, ...fromFile];
  return keys.length > 0 ? keys : undefined;
}

function readFile(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`Expected --api-keys-file to be a file that can be read, got ${code} for ${file}.`, {
      cause: error,
    });
  }
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ key: line.trim(), number: index + 1 }));
  const keys = lines.filter(({ key }) => key !== "" && !key.startsWith("#"));
  for (const { key, number } of keys) check(key, `line ${number} of ${file}`);
  // Without this check, a file that was emptied by mistake would open the server to everybody.
  if (keys.length === 0) throw new UsageError(`Expected a key on a line of ${file}, got none.`);
  return keys.map(({ key }) => key);
}

function check(key: string, where: string): void {
  if (KEY.test(key)) return;
  throw new UsageError(`Expected ${where} to be 1 to 512 visible ASCII characters without spaces.`);
}
