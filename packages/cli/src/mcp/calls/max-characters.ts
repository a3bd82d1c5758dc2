import { z } from "zod";

/** Bounds of the limit of an answer, in UTF-16 units. The minimum has room to name what was left out and how to get it. */
export const MIN_CHARACTERS = 1000;
const MAX_CHARACTERS = 100_000;
const DEFAULT_CHARACTERS = 6000;

/** The argument of all tools that limits their answers. A token is about four characters of English. */
export const maxCharacters = z
  .int()
  .min(MIN_CHARACTERS)
  .max(MAX_CHARACTERS)
  .default(DEFAULT_CHARACTERS)
  .describe(
    `Characters that the text of the answer may have (about four make a token). The answer names what is left out, and how to get it. From ${MIN_CHARACTERS} to ${MAX_CHARACTERS}.`,
  );
