import { cpus } from "node:os";

/** What the figures were measured on. */
export function machine() {
  return `${cpus().length} CPUs (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
}
