import { z } from "zod";
import { maxCharacters } from "../calls/max-characters.js";
import { defineTool } from "../calls/mcp-tool.js";
import type { Library } from "../library/library.js";
import { pageOfSources } from "../library/page-of-sources.js";

/** `list_sources`: lists the files of the index, page by page. */
export const listSources = defineTool({
  name: "list_sources",
  title: "List the documents",
  description:
    "Lists the indexed files in the order of their paths, page by page. To find something, search is quicker.",
  input: {
    prefix: z
      .string()
      .max(4096)
      .default("")
      .describe("Beginning of the paths to list, such as guide/ for the files of that folder."),
    limit: z.int().min(1).max(1000).default(100).describe("Files at most, 1 to 1000."),
    cursor: z.string().max(8192).optional().describe("next_cursor of the page before, for the next one."),
    max_characters: maxCharacters,
  },
  output: z.object({
    folder: z.string().describe("Absolute path of the folder that the paths are in."),
    sources: z.array(
      z.object({
        source: z.string().describe("Path of the file."),
        passages: z.number(),
        last_line: z.number().describe("Line in which its last passage ends."),
      }),
    ),
    total: z.number().describe("Files on all pages."),
    next_cursor: z.string().optional().describe("For the next page; missing on the last."),
  }),
  steps: 2,
  async answer(
    { prefix, limit, cursor, max_characters: max },
    { progress, signal },
    { index, sources }: Library,
  ) {
    progress.next("Opening the index");
    return index.use(async (opened) => {
      progress.next("Listing");
      const table = await sources.of(opened);
      const folder = opened.settings.corpus;
      const { page, total, nextCursor } = pageOfSources(table, {
        prefix,
        limit,
        ...(cursor !== undefined && { cursor }),
        // The line of each file, the first line, and the sentence on how to get the next page.
        maxCharacters: max - folder.length - 100,
        lengthOf: (each) => lineOf(each).length + 1,
      });
      const head = `${page.length} of ${total} files in ${folder}:`;
      const tail =
        nextCursor === undefined ? [] : [`There are more. Call list_sources with cursor ${nextCursor}.`];
      return {
        text: [head, ...page.map(lineOf), ...tail].join("\n"),
        structured: {
          folder,
          sources: page.map(({ source, passages, lastLine }) => ({ source, passages, last_line: lastLine })),
          total,
          ...(nextCursor !== undefined && { next_cursor: nextCursor }),
        },
      };
    }, signal);
  },
});

function lineOf({ source, passages }: { readonly source: string; readonly passages: number }): string {
  return `${source} (${passages === 1 ? "1 passage" : `${passages} passages`})`;
}
