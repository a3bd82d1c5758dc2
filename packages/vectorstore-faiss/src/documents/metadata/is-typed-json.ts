import { MAX_METADATA_DEPTH, TYPE_KEY } from "./encode-metadata.js";
import type { PythonKind } from "./python-value.js";

const CLASS_NAMES = ["PurePath", "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath"];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$/;
const TIME = /^\d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d:\d\d(:\d\d)?)?$/;

type Check = (payload: unknown, inner: (value: unknown) => boolean) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (payload) =>
    typeof payload === "string" && pattern.test(payload);

const items: Check = (payload, inner) => Array.isArray(payload) && payload.every(inner);

const entries: Check = (payload, inner) =>
  Array.isArray(payload) &&
  payload.every((entry) => Array.isArray(entry) && entry.length === 2 && entry.every(inner));

const CHECKS: Readonly<Record<PythonKind | "object", Check>> = {
  int: matches(/^-?\d{1,10000}$/),
  float: matches(/^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/),
  tuple: items,
  set: items,
  frozenset: items,
  bytes: matches(/^[\w+/]*={0,2}$/),
  bytearray: matches(/^[\w+/]*={0,2}$/),
  datetime: (payload) => {
    if (!Array.isArray(payload) || payload.length !== 4) return false;
    const [text, offset, zone, fold] = payload as unknown[];
    return (
      typeof text === "string" &&
      DATE_TIME.test(text) &&
      (offset === null || (typeof offset === "number" && Math.abs(offset) < 86_400)) &&
      (zone === null || (typeof zone === "string" && offset !== null)) &&
      (fold === 0 || fold === 1)
    );
  },
  date: matches(/^\d{4}-\d\d-\d\d$/),
  time: matches(TIME),
  timedelta: (payload) =>
    Array.isArray(payload) && payload.length === 3 && payload.every(Number.isSafeInteger),
  decimal: (payload) => typeof payload === "string",
  uuid: matches(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  path: (payload) =>
    Array.isArray(payload) &&
    payload.length === 2 &&
    CLASS_NAMES.includes(payload[0]) &&
    typeof payload[1] === "string",
  dict: entries,
  object: entries,
};

/** Whether parsed JSON is what `encodeMetadata` writes: files may have been edited or damaged. */
export function isTypedJson(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth > MAX_METADATA_DEPTH * 2) return false;
  const inner = (item: unknown): boolean => isTypedJson(item, depth + 1);
  if (Array.isArray(value)) return value.every(inner);
  const record = value as Record<string, unknown>;
  if (!Object.hasOwn(record, TYPE_KEY)) return Object.values(record).every(inner);
  const kind = record[TYPE_KEY];
  if (typeof kind !== "string" || !Object.hasOwn(CHECKS, kind)) return false;
  return CHECKS[kind as PythonKind](record.v, inner);
}
