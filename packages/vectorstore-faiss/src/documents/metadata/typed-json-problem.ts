import { MAX_INTEGER_DIGITS, MAX_METADATA_DEPTH, TYPE_KEY } from "./encode-metadata.js";
import { isCalendarDate } from "./is-calendar-date.js";
import { isTimeZoneName } from "./is-time-zone-name.js";
import type { PythonKind } from "./python-value.js";

const CLASS_NAMES = ["PurePath", "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath"];
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/;
const CLOCK_OFFSET = /^[+-]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** The longest UTC offset in Python, in seconds: a day less a microsecond. */
const MAX_OFFSET = 86_400 - 1e-6;
/** Maximum number of days in a Python timedelta. */
const MAX_DAYS = 999_999_999;

/** Texts that Python's decimal reads and prints; exponents of up to 17 digits are always in its range. */
const DECIMAL = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,17})?|inf(?:inity)?|s?nan\d{0,17})$/i;
const FRACTION = /^-?\d+(?:\/0*[1-9]\d*)?$/;
const COMPLEX_PART = String.raw`(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan)`;
const COMPLEX = new RegExp(`^(?:-?${COMPLEX_PART}j|\\(-?${COMPLEX_PART}[+-]${COMPLEX_PART}j\\))$`);

type Check = (payload: unknown) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (payload) =>
    typeof payload === "string" && pattern.test(payload);

const isBase64: Check = (payload) =>
  typeof payload === "string" && payload.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(payload);

const isItems: Check = (payload) => Array.isArray(payload);

const isEntries: Check = (payload) =>
  Array.isArray(payload) && payload.every((entry) => Array.isArray(entry) && entry.length === 2);

const isDate: Check = (payload) => {
  const parts = typeof payload === "string" ? DATE.exec(payload) : null;
  return parts !== null && isCalendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
};

const isTime: Check = (payload) => {
  if (typeof payload !== "string") return false;
  const sign = payload.search(/[+-]/);
  const [clock, offset] = sign < 0 ? [payload] : [payload.slice(0, sign), payload.slice(sign)];
  return CLOCK.test(clock) && (offset === undefined || CLOCK_OFFSET.test(offset));
};

const isDateTime: Check = (payload) => {
  if (!Array.isArray(payload) || payload.length !== 4) return false;
  const [text, offset, zone, fold] = payload as unknown[];
  return (
    typeof text === "string" &&
    text[10] === "T" &&
    isDate(text.slice(0, 10)) &&
    CLOCK.test(text.slice(11)) &&
    (offset === null || (typeof offset === "number" && Math.abs(offset) <= MAX_OFFSET)) &&
    (zone === null || (typeof zone === "string" && offset !== null && isTimeZoneName(zone))) &&
    (fold === 0 || fold === 1)
  );
};

const isTimedelta: Check = (payload) => {
  if (!Array.isArray(payload) || payload.length !== 3 || !payload.every(Number.isSafeInteger)) return false;
  const [days, seconds, microseconds] = payload as [number, number, number];
  return (
    Math.abs(days) <= MAX_DAYS &&
    seconds >= 0 &&
    seconds < 86_400 &&
    microseconds >= 0 &&
    microseconds < 1_000_000
  );
};

const isPath: Check = (payload) =>
  Array.isArray(payload) &&
  payload.length === 2 &&
  CLASS_NAMES.includes(payload[0]) &&
  typeof payload[1] === "string";

const CHECKS: Readonly<Record<PythonKind | "object", Check>> = {
  int: matches(new RegExp(`^-?\\d{1,${MAX_INTEGER_DIGITS}}$`)),
  float: matches(/^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/),
  complex: matches(COMPLEX),
  tuple: isItems,
  set: isItems,
  frozenset: isItems,
  bytes: isBase64,
  bytearray: isBase64,
  datetime: isDateTime,
  date: isDate,
  time: isTime,
  timedelta: isTimedelta,
  decimal: matches(DECIMAL),
  fraction: matches(FRACTION),
  uuid: matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  path: isPath,
  dict: isEntries,
  object: isEntries,
};

/** Whether Python can read a value of this kind and payload. The items of lists and dicts are not checked. */
export function isPythonPayload(kind: PythonKind, payload: unknown): boolean {
  return CHECKS[kind](payload);
}

/**
 * Finds a value in parsed JSON that `encodeMetadata` does not write, or that Python could not read: files may have been edited or damaged.
 * @param path of the value, such as `metadata`
 * @returns such as `metadata.at is not a valid datetime: ["2024-13-01T00:00:00",0,null,0]`; `undefined` if everything is valid
 */
export function typedJsonProblem(value: unknown, path: string, depth = 0): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A level of metadata takes up to three of JSON.
  if (depth > MAX_METADATA_DEPTH * 3) return `${path} is nested too deep`;
  if (Array.isArray(value)) return problemOf(value.entries(), path, depth);
  const record = value as Record<string, unknown>;
  if (!Object.hasOwn(record, TYPE_KEY)) return problemOf(Object.entries(record), path, depth);
  const kind = record[TYPE_KEY];
  if (typeof kind !== "string" || !Object.hasOwn(CHECKS, kind)) {
    return `${path} has an unknown type: ${shown(kind)}`;
  }
  if (!CHECKS[kind as PythonKind](record.v)) return `${path} is not a valid ${kind}: ${shown(record.v)}`;
  return typedJsonProblem(record.v, path, depth + 1);
}

function problemOf(
  entries: Iterable<readonly [string | number, unknown]>,
  path: string,
  depth: number,
): string | undefined {
  for (const [key, item] of entries) {
    const problem = typedJsonProblem(item, `${path}.${key}`, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
