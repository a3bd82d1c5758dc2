import { z } from "zod";
import type { CorpusIndex } from "../../corpus/corpus-index.js";
import { LineStarts } from "../../corpus/line-starts.js";
import type { PassageMetadata } from "../../corpus/passage-splitter.js";
import { cutText } from "../calls/cut-text.js";
import { linesSchema, linesText } from "../calls/lines-schema.js";
import { maxCharacters } from "../calls/max-characters.js";
import { defineTool } from "../calls/mcp-tool.js";
import { ToolError } from "../calls/tool-error.js";
import type { Library } from "../library/library.js";
import { readIndexedSource } from "../library/read-indexed-source.js";

/** A text that was read, with its place in its file. */
interface Reading {
  readonly source: string;
  readonly lines: { readonly from: number; readonly to: number };
  readonly startIndex: number;
  readonly endIndex: number;
  readonly text: string;
  /** Arguments that continue reading after it; undefined if nothing is left. */
  readonly next?: Readonly<Record<string, string | number>>;
}

const input = {
  id: z.string().min(1).max(200).optional().describe("Id of a passage, from search. Or give source."),
  offset: z
    .int()
    .min(0)
    .default(0)
    .describe("With id: how many characters of the passage to skip, when a long one is read in parts."),
  source: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe("Path of an indexed file, from search or list_sources."),
  from_line: z.int().min(1).optional().describe("With source: first line to read, counted from 1."),
  to_line: z.int().min(1).optional().describe("With source: last line to read."),
  start_index: z
    .int()
    .min(0)
    .optional()
    .describe("With source, in place of lines: where to begin, in UTF-16 units of the file's text."),
  end_index: z.int().min(0).optional().describe("With source, in place of lines: where to end."),
  max_characters: maxCharacters,
};

type ReadArguments = z.output<z.ZodObject<typeof input>>;

/** `read_passage`: reads a passage, or lines of an indexed file. */
export const readPassage = defineTool({
  name: "read_passage",
  title: "Read a passage",
  description:
    "Reads a passage of the index by its id, or lines of an indexed file: the surroundings of a passage that search found. Reads indexed files only.",
  input,
  output: z.object({
    source: z.string(),
    file: z.string().describe("Absolute path of the file."),
    lines: linesSchema,
    start_index: z.number().describe("Where the text begins in the file's text, in UTF-16 units."),
    end_index: z.number(),
    text: z.string(),
    next: z
      .object({
        id: z.string().optional(),
        offset: z.number().optional(),
        source: z.string().optional(),
        start_index: z.number().optional(),
        end_index: z.number().optional(),
      })
      .optional()
      .describe("Arguments of read_passage that continue reading; missing if nothing is left."),
  }),
  steps: 2,
  async answer(args, { progress, signal }, { index, sources }: Library) {
    checkArguments(args);
    progress.next("Opening the index");
    return index.use(async (opened) => {
      progress.next("Reading");
      const reading =
        args.id === undefined
          ? fileReading(
              args,
              await readIndexedSource(opened, await sources.of(opened), args.source as string),
            )
          : await passageReading(args, args.id, opened);
      const { source, lines, startIndex, endIndex, text, next } = reading;
      return {
        text: answerText(reading),
        structured: {
          source,
          file: opened.pathOf(source),
          lines,
          start_index: startIndex,
          end_index: endIndex,
          text,
          ...(next && { next }),
        },
      };
    }, signal);
  },
});

function checkArguments(args: ReadArguments): void {
  const { id, source, offset, from_line, to_line, start_index, end_index } = args;
  if ((id === undefined) === (source === undefined)) {
    throw new ToolError(`Expected either id or source, got ${id === undefined ? "neither" : "both"}.`);
  }
  const hasLines = from_line !== undefined || to_line !== undefined;
  const hasIndexes = start_index !== undefined || end_index !== undefined;
  if (id !== undefined && (hasLines || hasIndexes)) {
    throw new ToolError("Expected lines or indexes with source, got them with id. Leave out one of them.");
  }
  if (source !== undefined && offset !== 0) {
    throw new ToolError("Expected offset with id, got it with source: give start_index.");
  }
  if (hasLines && hasIndexes) throw new ToolError("Expected lines or indexes, got both.");
  if ((to_line ?? Number.POSITIVE_INFINITY) < (from_line ?? 1)) {
    throw new ToolError(`Expected to_line to be from_line (${from_line}) or more, got ${to_line}.`);
  }
  if ((end_index ?? Number.POSITIVE_INFINITY) < (start_index ?? 0)) {
    throw new ToolError(`Expected end_index to be start_index (${start_index}) or more, got ${end_index}.`);
  }
}

/** Reads lines of a file's text, or a part by its indexes. */
function fileReading(args: ReadArguments, whole: string): Reading {
  const source = args.source as string;
  const starts = new LineStarts(whole);
  const { from_line: fromLine = 1, to_line: toLine = starts.count, start_index, end_index } = args;
  if (fromLine > starts.count)
    throw new ToolError(
      `Expected from_line to be one of the ${starts.count} lines of ${source}, got ${fromLine}.`,
    );
  const start = start_index ?? starts.startOf(fromLine);
  if (start > whole.length)
    throw new ToolError(
      `Expected start_index to be at most ${whole.length}, the length of ${source}, got ${start}.`,
    );
  const end = Math.min(end_index ?? starts.startOf(toLine + 1), whole.length);
  const readingOf = (text: string): Reading => {
    const endIndex = start + text.length;
    const lines = { from: starts.lineOf(start), to: starts.lineOf(Math.max(start, endIndex - 1)) };
    const next = endIndex < end ? { source, start_index: endIndex, end_index: end } : undefined;
    return { source, lines, startIndex: start, endIndex, text, ...(next && { next }) };
  };
  return fitting(whole.slice(start, end), args.max_characters, readingOf);
}

/** Reads a passage as it was indexed. */
async function passageReading(
  { offset, max_characters: max }: ReadArguments,
  id: string,
  { store }: CorpusIndex,
): Promise<Reading> {
  const [document] = await store.getByIds([id]);
  if (document === undefined) {
    throw new ToolError(
      `The index has no passage ${JSON.stringify(id)}. Ids change when a file is indexed again: search again.`,
    );
  }
  const { source, startIndex, endIndex, loc } = document.metadata as PassageMetadata;
  const whole = document.pageContent;
  if (offset > whole.length)
    throw new ToolError(
      `Expected offset to be at most ${whole.length}, the passage's length, got ${offset}.`,
    );
  return fitting(whole.slice(offset), max, (text) => ({
    source,
    lines: loc.lines,
    startIndex,
    endIndex,
    text,
    ...(offset + text.length < whole.length && { next: { id, offset: offset + text.length } }),
  }));
}

/** Reads as much of a text as the answer has room for. */
function fitting(text: string, maxCharacters: number, readingOf: (text: string) => Reading): Reading {
  const all = readingOf(text);
  const excess = answerText(all).length - maxCharacters;
  if (excess <= 0) return all;
  // At least two units, so that a character of two units is read, too.
  // The text around a part is longest for the whole, except for the sentence on how to continue.
  const around = answerText(readingOf(text.slice(0, -1))).length - (text.length - 1);
  return readingOf(cutText(text, Math.max(2, maxCharacters - around)));
}

function answerText({ source, lines, startIndex, endIndex, text, next }: Reading): string {
  const head = `${source}:${linesText(lines)} (${startIndex} to ${endIndex})`;
  const tail = next === undefined ? "" : `\n\nThere is more. Call read_passage with ${JSON.stringify(next)}.`;
  return `${head}\n\n${text}${tail}`;
}
