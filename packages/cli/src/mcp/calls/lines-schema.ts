import { z } from "zod";

/** First and last line of a passage. */
export const linesSchema = z
  .object({ from: z.number(), to: z.number() })
  .describe("First and last line in the file, counted from 1.");

/** Formats lines as text: "12-15", or "12" for a single line. */
export function linesText({ from, to }: z.output<typeof linesSchema>): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
