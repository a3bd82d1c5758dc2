/** Pino's levels by their numbers. */
const LEVELS: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};
/** Fields that are not shown to a person. */
const HIDDEN = new Set(["level", "time", "pid", "hostname", "reqId", "msg"]);

/** Converts a JSON line of the log into one for people: time, level, message and fields. */
export function logText(line: string): string {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const { level, time, msg } = fields;
  const rest = Object.entries(fields)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : value}`);
  const clock = new Date(Number(time)).toISOString().slice(11, 23);
  return `${[clock, (LEVELS[Number(level)] ?? "").padEnd(5), msg ?? "", ...rest].join(" ").trimEnd()}\n`;
}
