/** The parts of a Python datetime: `[local time, UTC offset in seconds or null, IANA zone or null, fold]`. */
export type DateTimeParts = readonly [text: string, offset: number | null, zone: string | null, fold: 0 | 1];

/** The payload of each kind. Collections hold values as they occur in metadata, including `PythonValue`s. */
export interface PythonPayloads {
  /** A whole number beyond ±2^53. */
  int: bigint;
  /** A float that JSON would change: 1.0, -0.0, NaN, infinities. */
  float: number;
  /** As Python prints it: `(1+2j)`. */
  complex: string;
  tuple: readonly unknown[];
  set: readonly unknown[];
  frozenset: readonly unknown[];
  bytes: Uint8Array;
  bytearray: Uint8Array;
  datetime: DateTimeParts;
  /** `2024-01-31`. */
  date: string;
  /** `23:59:59.000001`, with an offset such as `+01:00` when it has one. */
  time: string;
  /** Days, seconds, microseconds, as Python normalises them. */
  timedelta: readonly [days: number, seconds: number, microseconds: number];
  /** As Python prints it. */
  decimal: string;
  /** As Python prints it: `1/3`. */
  fraction: string;
  /** With hyphens, lower case. */
  uuid: string;
  /** Class name in `pathlib`, and the path. */
  path: readonly [className: string, path: string];
  /** Entries of a dict that has keys other than strings. */
  dict: readonly (readonly [unknown, unknown])[];
}

export type PythonKind = keyof PythonPayloads;

/**
 * A metadata value that JSON cannot represent, with its Python type. The store keeps it exactly, shows JavaScript
 * the nearest type (`viewMetadata`), and writes it back to Python unchanged.
 */
export class PythonValue<Kind extends PythonKind = PythonKind> {
  constructor(
    readonly kind: Kind,
    readonly payload: PythonPayloads[Kind],
  ) {}

  is<K extends PythonKind>(kind: K): this is PythonValue<K> {
    return (this.kind as PythonKind) === kind;
  }
}
