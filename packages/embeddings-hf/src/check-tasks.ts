import { InvalidOptionError } from "@secondpass/core";

/**
 * Checks the option `tasks`, for models with an adapter for each of several tasks: an object that names the task of queries, of documents or of both.
 * @throws {InvalidOptionError}
 */
export function checkTasks(tasks: unknown): void {
  const isName = (value: unknown) => value === undefined || (typeof value === "string" && value !== "");
  const isKnown =
    typeof tasks === "object" &&
    tasks !== null &&
    Object.entries(tasks).every(([role, name]) => ["query", "document"].includes(role) && isName(name));
  if (!isKnown) throw new InvalidOptionError("tasks", "{ query, document } with names of tasks", tasks);
}
