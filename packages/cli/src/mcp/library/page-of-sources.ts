import type { IndexedSource, SourceTable } from "../../corpus/source-table.js";
import { ToolError } from "../calls/tool-error.js";

export interface PageRequest {
  /** Beginning of the paths. */
  readonly prefix?: string;
  /** Files at most. */
  readonly limit: number;
  /** `nextCursor` of the page before. @default none: the first page */
  readonly cursor?: string;
  /** Room for the page with its cursor, in UTF-16 units. @default no limit */
  readonly maxCharacters?: number;
  readonly lengthOf?: (source: IndexedSource) => number;
}

export interface SourcePage {
  readonly page: readonly IndexedSource[];
  /** Files on all pages. */
  readonly total: number;
  /** For the next page; undefined on the last. */
  readonly nextCursor?: string;
}

/**
 * Returns a page of the files of an index. A cursor is the last path of the page before, so that files may be added or removed between two pages. A page has at
 * least one file, however long its name is.
 *
 * @throws {ToolError} if the cursor is not from an earlier page
 */
export function pageOfSources(
  table: SourceTable,
  { prefix = "", limit, cursor, maxCharacters = Number.POSITIVE_INFINITY, lengthOf = () => 0 }: PageRequest,
): SourcePage {
  const all = [...table.values()].filter(({ source }) => source.startsWith(prefix));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? all : all.filter(({ source }) => source > after);
  const page: IndexedSource[] = [];
  let used = 0;
  for (const each of rest.slice(0, limit)) {
    used += lengthOf(each);
    // Whichever file is the last, the page has room for its cursor.
    if (page.length > 0 && used + cursorOf(each).length > maxCharacters) break;
    page.push(each);
  }
  const last = page.at(-1);
  const hasMore = last !== undefined && page.length < rest.length;
  return { page, total: all.length, ...(hasMore && { nextCursor: cursorOf(last) }) };
}

function cursorOf({ source }: IndexedSource): string {
  return Buffer.from(JSON.stringify({ after: source })).toString("base64url");
}

function readCursor(cursor: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(cursor, "base64url").toString()) as { after?: unknown };
    if (typeof after === "string") return after;
  } catch {
    // Said below.
  }
  throw new ToolError(
    "Expected cursor to be the one that the page before gave. Leave it out for the first page.",
  );
}
