import { workSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import { MalformedPickleError } from "../../errors/malformed-pickle-error.js";
import { ByteWindow, OutOfBytes } from "../../io/byte-window.js";
import { ARGUMENT_LAYOUTS, type ArgumentLayout } from "./argument-layouts.js";
import { OP } from "./op.js";
import { readUint32 } from "./read-uint32.js";

/** Opcodes run between two checks of the clock. */
const OPCODES_PER_CHECK = 64;
const NEWLINE = 0x0a;
/** Length of an opcode and the longest count. */
const HEADER_BYTES = 9;
const EMPTY = new Uint8Array(0);

/**
 * Called with each opcode. Its argument is `bytes[start]` up to `bytes[end]`, valid only during the call.
 * @param position of the opcode in the source
 * @returns a promise if the next opcode has to wait
 */
export type VisitOpcode = (
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  position: number,
) => Promise<void> | undefined;

export interface ReadOpcodesOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of bytes read, and of all bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Whether strings and bytes are skipped: their visits get an empty argument. @default false */
  readonly skipCounted?: boolean;
}

/**
 * Walks through the opcodes of the pickle at the source's beginning up to STOP, in slices that do not block the event loop.
 * Every length is checked against the rest of the source before memory is allocated.
 * @returns number of bytes up to and including STOP; later bytes are ignored, as in Python
 * @throws MalformedPickleError
 */
export async function readOpcodes(
  source: ByteSource,
  visit: VisitOpcode,
  { signal, onProgress, skipCounted = false }: ReadOpcodesOptions = {},
): Promise<number> {
  const window = new ByteWindow(source);
  const slices = workSlices(signal);
  try {
    for (let count = 1; ; count++) {
      // Read an opcode with its count, so that only long arguments need another wait.
      if (!window.has(HEADER_BYTES)) await window.fill(Math.max(1, Math.min(HEADER_BYTES, window.remaining)));
      const position = window.position;
      const code = window.bytes[window.start]!;
      const layout = ARGUMENT_LAYOUTS[code];
      if (layout === undefined) {
        throw new MalformedPickleError(position, `it has the unexpected opcode 0x${code.toString(16)}`);
      }
      window.start++;
      const length =
        layout.kind === "lines" ? await lineBytes(window, layout.lines) : knownBytes(window, layout);
      let pending: Promise<void> | undefined;
      if (layout.kind === "counted" && skipCounted) {
        window.skip(length);
        pending = visit(code, EMPTY, 0, 0, position);
      } else {
        if (!window.has(length)) await window.fill(length);
        const { start } = window;
        window.start += length;
        pending = visit(code, window.bytes, start, window.start, position);
      }
      if (pending !== undefined) await pending;
      if (code === OP.STOP) return window.position;
      if (count % OPCODES_PER_CHECK === 0 && slices.due()) {
        onProgress?.(window.position, source.size);
        await slices.pause();
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfBytes)) throw error;
    throw new MalformedPickleError(window.position, `it ends too early: ${error.message}`, { cause: error });
  }
}

/**
 * Length of an argument that is not lines; skips its count. Counts beyond the file cause
 * `OutOfBytes` when they are used.
 */
function knownBytes(window: ByteWindow, layout: Exclude<ArgumentLayout, { kind: "lines" }>): number {
  if (layout.kind === "fixed") return layout.bytes;
  const { countBytes } = layout;
  if (!window.has(countBytes)) throw new OutOfBytes(`${countBytes} bytes wanted, ${window.remaining} left`);
  const { bytes, start } = window;
  window.start += countBytes;
  if (countBytes === 1) return bytes[start]!;
  const low = readUint32(bytes, start);
  return countBytes === 4 ? low : low + readUint32(bytes, start + 4) * 2 ** 32;
}

/** Length of the lines that follow, including their ends; waits until they are available. */
async function lineBytes(window: ByteWindow, lines: number): Promise<number> {
  let length = 0;
  for (let line = 0; line < lines; line++) {
    let end = window.bytes.indexOf(NEWLINE, window.start + length);
    // Doubling keeps the search linear in the line's length.
    while (end < 0 || end >= window.end) {
      const held = window.end - window.start;
      await window.fill(Math.max(held + 1, Math.min(held * 2, window.remaining)));
      end = window.bytes.indexOf(NEWLINE, window.start + length);
    }
    length = end - window.start + 1;
  }
  return length;
}
