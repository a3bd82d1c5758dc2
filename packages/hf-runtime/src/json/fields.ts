import {
  array,
  boolean,
  type GenericSchema,
  integer,
  maxValue,
  minValue,
  nullish,
  number,
  optional,
  picklist,
  pipe,
  string,
  unknown,
} from "valibot";
import type { Side } from "./side.js";

/** Maximum id or size: they are 32-bit integers in the graph. */
const MAX_INT32 = 2 ** 31 - 1;

/** An integer in a range; the message completes "Expected … to be". */
const whole = (from: number, to: number, expected: string) =>
  pipe(number(expected), integer(expected), minValue(from, expected), maxValue(to, expected));

const wholeSize = whole(1, MAX_INT32, `an integer from 1 to ${MAX_INT32}`);

const TOKEN_ID = `a token's id, an integer from 0 to ${MAX_INT32}`;

/** Schemas of values that several files have. Where a value may be missing, null counts as missing, as in Python. */
export const fields = {
  /** Any value, which is checked where it is used. */
  anything: optional(unknown()),
  text: nullish(string()),
  flag: nullish(boolean()),
  float: nullish(number()),
  texts: nullish(array(string())),
  side: nullish(
    picklist(["left", "right", "Left", "Right"], '"left" or "right"') as GenericSchema<unknown, Side>,
  ),
  /** A size: 1 or more. */
  wholeSize,
  size: nullish(wholeSize),
  /** Any integer: transformers writes 1e30 for a length without limit. */
  integer: nullish(pipe(number("an integer"), integer("an integer"))),
  tokenId: whole(0, MAX_INT32, TOKEN_ID),
  /** Description of a {@link fields.tokenId} for errors. */
  tokenIdText: TOKEN_ID,
  /** A segment: 0, or 1 for the second text of a pair; a few models have more. */
  segment: whole(0, 255, "a segment, an integer from 0 to 255"),
  isText: (value: unknown): value is string => typeof value === "string",
  isTokenId: (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_INT32,
} as const;
