import { checkHasMethod, checkOneOf } from "@secondpass/core";
import type { FastifyServerOptions } from "fastify";
import { describeError } from "./describe-error.js";

/** Destination of log lines. */
export interface LogStream {
  write(line: string): void;
}

/** Fields that a line may have. None of them contains parts of a request. */
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

/** Messages that lines may have. The framework's own messages repeat errors, which may repeat requests. */
const MESSAGES = new Set(["answered", "failed", "ready", "few open files allowed", "stopping", "stopped"]);
/** The only message of the framework that operators need. */
const LISTENING = /^Server listening at http:\/\/[\w.:[\]-]+$/;

/**
 * Makes options of the framework's logger that pass only listed fields and messages, at every level. Whatever the framework, Node or a
 * later change logs, texts, headers and query strings cannot get into the log.
 *
 * @param level "trace" … "fatal", "silent"
 * @throws {InvalidOptionError} if the level is unknown, or the stream cannot be written to
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
