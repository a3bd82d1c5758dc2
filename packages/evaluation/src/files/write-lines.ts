import { writeFileAtomically } from "@secondpass/core/node";

/** Text written at a time. */
const BLOCK_CHARACTERS = 2 ** 16;

/**
 * Writes lines to a file, whole or not at all; the lines are never all in memory.
 * @throws {FileWriteError} if the system cannot write; any error of the iterable
 */
export function writeLines(
  path: string,
  lines: Iterable<string> | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  return writeFileAtomically(path, async (handle) => {
    let block = "";
    for await (const line of lines) {
      block += `${line}\n`;
      if (block.length < BLOCK_CHARACTERS) continue;
      signal?.throwIfAborted();
      await handle.appendFile(block);
      block = "";
    }
    signal?.throwIfAborted();
    await handle.appendFile(block);
  });
}
