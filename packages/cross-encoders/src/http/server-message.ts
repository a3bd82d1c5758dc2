import { isRecord } from "../content-handlers/response/is-record.js";

/**
 * Finds the message in the body of a server's error, in any of its forms: `{message}`, `{detail}` (a text, or FastAPI's list), `{error}` (a text
 * or an object), `{errors: […]}`, RFC 9457's `{title}`, a JSON text, plain text, or the title of a page.
 *
 * @returns undefined if there is no message
 */
export function serverMessage(body: string): string | undefined {
  const text = body.trim();
  const said = fromJson(text) ?? (text.startsWith("<") ? fromPage(text) : text);
  return said === "" ? undefined : said;
}

/** Finds the message in a JSON text; undefined if it is not JSON. */
function fromJson(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return messageOf(value) ?? text;
}

/** Keys under which servers put their message, the most informative first. */
const KEYS = ["message", "detail", "error", "errors", "error_message", "msg", "title"];
/** Deepest nesting of a message: `{error: {errors: [{message}]}}` needs 4. */
const MAX_DEPTH = 6;

function messageOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (depth === MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const messages = value.slice(0, 5).map((item) => fieldMessage(item, depth) ?? messageOf(item, depth + 1));
    return messages.filter(Boolean).join("; ") || undefined;
  }
  if (!isRecord(value)) return undefined;
  for (const key of KEYS) {
    const message = Object.hasOwn(value, key) ? messageOf(value[key], depth + 1) : undefined;
    if (message !== undefined) return message;
  }
  return undefined;
}

/** Formats FastAPI's `{loc: ["body", "query"], msg: "Field required"}` as "body.query: Field required". */
function fieldMessage(item: unknown, depth: number): string | undefined {
  if (!isRecord(item) || !Array.isArray(item.loc)) return undefined;
  const message = messageOf(item.msg, depth + 1);
  return message === undefined ? undefined : `${item.loc.join(".")}: ${message}`;
}

/** The title of an HTML page, else its text. */
function fromPage(page: string): string {
  const title = /<title[^<>]*>([^<]*)/i.exec(page)?.[1]?.trim();
  return title || page.replaceAll(/<[^<>]*>/g, " ").trim();
}
