/**
 * How an opcode's argument is stored: `none`; a fixed number of bytes; bytes counted by 1, 4 or 8 bytes before them;
 * one or two lines of text.
 */
export type ArgumentLayout =
  | { readonly kind: "fixed"; readonly bytes: number }
  | { readonly kind: "counted"; readonly countBytes: 1 | 4 | 8 }
  | { readonly kind: "lines"; readonly lines: 1 | 2 };

/** The opcodes that Python's picklers write for plain data, protocols 0 to 5. */
export const OP = {
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  DUP: 0x32,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  FLOAT: 0x46,
  BINFLOAT: 0x47,
  INT: 0x49,
  BININT: 0x4a,
  BININT1: 0x4b,
  LONG: 0x4c,
  BININT2: 0x4d,
  NONE: 0x4e,
  REDUCE: 0x52,
  UNICODE: 0x56,
  BINUNICODE: 0x58,
  EMPTY_LIST: 0x5d,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  DICT: 0x64,
  APPENDS: 0x65,
  GET: 0x67,
  BINGET: 0x68,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  PUT: 0x70,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  SETITEMS: 0x75,
  EMPTY_DICT: 0x7d,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
  BYTEARRAY8: 0x96,
} as const;

/** Layout by opcode; `undefined` for what is no opcode, or one that plain data never needs. */
export const LAYOUTS: readonly (ArgumentLayout | undefined)[] = layouts();

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
