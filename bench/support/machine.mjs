import { cpus } from "node:os";

/** Description of the machine on which the figures were measured. */
export function machine() {
  return `${cpus().length} CPUs (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
}
