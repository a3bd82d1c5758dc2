import { expect } from "@jest/globals";
import type { Document } from "@langchain/core/documents";
import { codePointLength } from "../src/index.js";

/** Relation of our `startIndex` to the `start_index` that Python finds by searching for the chunk's text. */
export type StartRelation =
  /** The same place, or -1 in both. */
  | "same"
  /** Python found the same text at another place. */
  | "repeated"
  /** Python started its search too late and found nothing. */
  | "missed"
  /** The chunk is joined from pieces, and its text happens to occur somewhere. */
  | "coincidence";

/** Checks the laws for every chunk with `addStartIndex`, and compares its position with Python's. */
export function checkStart(source: string, document: Document, pythonStart: number): StartRelation {
  const { startIndex, loc } = document.metadata as {
    startIndex: number;
    loc: { lines: { from: number; to: number } };
  };
  const text = document.pageContent;
  if (startIndex === -1) return pythonStart === -1 ? "same" : "coincidence";

  expect(source.slice(startIndex, startIndex + text.length)).toBe(text);
  expect(loc.lines).toEqual({
    from: lineOf(source, startIndex),
    to: lineOf(source, startIndex + text.length),
  });

  if (codePointLength(source.slice(0, startIndex)) === pythonStart) return "same";
  if (pythonStart === -1) return "missed";
  const length = codePointLength(text);
  expect([...source].slice(pythonStart, pythonStart + length).join("")).toBe(text);
  return "repeated";
}

function lineOf(source: string, position: number): number {
  return source.slice(0, position).split("\n").length;
}

export function tally(relations: readonly StartRelation[]): Record<StartRelation, number> {
  const counts = { same: 0, repeated: 0, missed: 0, coincidence: 0 };
  for (const relation of relations) counts[relation]++;
  return counts;
}
