import { checkHasMethod, checkOneOf } from "@secondpass/core";
import type { FastifyServerOptions } from "fastify";
import { describeError } from "./describe-error.js";

/** Where log lines go. */
export interface LogStream {
  write(line: string): void;
}

/** Fields that a line may have. What a request sent is in none of them. */
const FIELDS = [
  "route",
  "status",
  "milliseconds",
  "kind",
  "pairs",
  "model",
  "labels",
  "maxLength",
  "openFiles",
  "connections",
  "trace_id",
  "span_id",
] as const;

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** What lines may say. The framework's own messages repeat errors, and errors repeat requests. */
const MESSAGES = new Set(["answered", "failed", "ready", "few open files allowed", "stopping", "stopped"]);
/** The only message of the framework that operators need. */
const LISTENING = /^Server listening at http:\/\/[\w.:[\]-]+$/;

/**
 * Options of the framework's logger that let through a list of fields and messages, at every level. Whatever the framework, Node or a
 * later change logs, a text, a header or a query string cannot get into the log.
 *
 * @param level "trace" … "fatal", "silent"
 * @throws {InvalidOptionError} if there is no such level, or the stream cannot be written to
 */
export function logOptions(level: string, stream: LogStream): FastifyServerOptions["logger"] {
  checkOneOf("logLevel", level, LEVELS);
  checkHasMethod("logStream", stream, ["write"], "a stream, with the method write");
  return {
    level,
    stream,
    hooks: {
      logMethod(args, method) {
        const [first, second] = args as readonly unknown[];
        const message = typeof first === "string" ? first : second;
        method.apply(this, [fieldsOf(first), allowed(message)] as unknown as Parameters<typeof method>);
      },
    },
  };
}

function allowed(message: unknown): string | undefined {
  if (typeof message !== "string") return undefined;
  return MESSAGES.has(message) || LISTENING.test(message) ? message : undefined;
}

function fieldsOf(value: unknown): object {
  if (typeof value !== "object" || value === null) return {};
  if (value instanceof Error) return { error: describeError(value) };
  const given = value as Readonly<Record<string, unknown>>;
  const fields = Object.fromEntries(
    FIELDS.filter((name) => name in given).map((name) => [name, given[name]]),
  );
  return given.err instanceof Error ? { ...fields, error: describeError(given.err) } : fields;
}
