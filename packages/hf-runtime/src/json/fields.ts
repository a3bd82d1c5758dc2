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

/** Ids and sizes are 32-bit integers in the graph. */
const MAX_INT32 = 2 ** 31 - 1;

/** An integer in a range; the message completes "Expected … to be". */
const whole = (from: number, to: number, expected: string) =>
  pipe(number(expected), integer(expected), minValue(from, expected), maxValue(to, expected));

const wholeSize = whole(1, MAX_INT32, `an integer from 1 to ${MAX_INT32}`);

const TOKEN_ID = `a token's id, an integer from 0 to ${MAX_INT32}`;

/** Schemas of single values that several files have. Python takes null for a missing value, and so do those that may be missing. */
export const fields = {
  /** Not checked here: whatever uses it takes any value. */
  anything: optional(unknown()),
  text: nullish(string()),
  flag: nullish(boolean()),
  float: nullish(number()),
  texts: nullish(array(string())),
  side: nullish(
    picklist(["left", "right", "Left", "Right"], '"left" or "right"') as GenericSchema<unknown, Side>,
  ),
  /** 1 or more. */
  wholeSize,
  size: nullish(wholeSize),
  /** Of any size: transformers writes 1e30 for a length without limit. */
  integer: nullish(pipe(number("an integer"), integer("an integer"))),
  tokenId: whole(0, MAX_INT32, TOKEN_ID),
  /** What errors call a {@link fields.tokenId}. */
  tokenIdText: TOKEN_ID,
  /** 0, or 1 for the second text of a pair; a few models know more. */
  segment: whole(0, 255, "a segment, an integer from 0 to 255"),
  isText: (value: unknown): value is string => typeof value === "string",
  isTokenId: (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_INT32,
} as const;
