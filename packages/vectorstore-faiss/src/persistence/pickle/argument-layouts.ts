import { OP } from "./op.js";

/**
 * The layout of an opcode's argument: a fixed number of bytes; bytes after their count, which has 1, 4 or 8 bytes;
 * one or two lines of text.
 */
export type ArgumentLayout =
  | { readonly kind: "fixed"; readonly bytes: number }
  | { readonly kind: "counted"; readonly countBytes: 1 | 4 | 8 }
  | { readonly kind: "lines"; readonly lines: 1 | 2 };

/** Layout by opcode; `undefined` for bytes that are not opcodes and for opcodes that plain data never needs. */
export const ARGUMENT_LAYOUTS: readonly (ArgumentLayout | undefined)[] = layouts();

function layouts(): (ArgumentLayout | undefined)[] {
  const table = new Array<ArgumentLayout | undefined>(256).fill(undefined);
  for (const code of Object.values(OP)) table[code] = { kind: "fixed", bytes: 0 };
  const fixed: [number, number][] = [
    [OP.BINFLOAT, 8],
    [OP.BININT, 4],
    [OP.BININT1, 1],
    [OP.BININT2, 2],
    [OP.BINGET, 1],
    [OP.LONG_BINGET, 4],
    [OP.BINPUT, 1],
    [OP.LONG_BINPUT, 4],
    [OP.PROTO, 1],
    [OP.FRAME, 8],
  ];
  for (const [code, bytes] of fixed) table[code] = { kind: "fixed", bytes };
  const counted: [number, 1 | 4 | 8][] = [
    [OP.SHORT_BINBYTES, 1],
    [OP.BINBYTES, 4],
    [OP.BINBYTES8, 8],
    [OP.BYTEARRAY8, 8],
    [OP.SHORT_BINUNICODE, 1],
    [OP.BINUNICODE, 4],
    [OP.BINUNICODE8, 8],
    [OP.LONG1, 1],
    [OP.LONG4, 4],
  ];
  for (const [code, countBytes] of counted) table[code] = { kind: "counted", countBytes };
  for (const code of [OP.FLOAT, OP.INT, OP.LONG, OP.UNICODE, OP.GET, OP.PUT]) {
    table[code] = { kind: "lines", lines: 1 };
  }
  table[OP.GLOBAL] = { kind: "lines", lines: 2 };
  return table;
}
