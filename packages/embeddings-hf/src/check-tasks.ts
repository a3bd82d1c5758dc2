import { InvalidOptionError } from "@secondpass/core";

/** @throws {InvalidOptionError} unless the value is an object with names of tasks by role */
export function checkTasks(tasks: unknown): void {
  const isName = (value: unknown) => value === undefined || (typeof value === "string" && value !== "");
  const isKnown =
    typeof tasks === "object" &&
    tasks !== null &&
    Object.entries(tasks).every(([role, name]) => ["query", "document"].includes(role) && isName(name));
  if (!isKnown) throw new InvalidOptionError("tasks", "{ query, document } with names of tasks", tasks);
}
