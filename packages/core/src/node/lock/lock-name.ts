import { hostname } from "node:os";
import { writerPid } from "../files/new-writer-id.js";

/** Longest host name in a lock's file name, in characters: far less than a file name may have. */
const MAX_HOST = 64;

/** The name of the file in a lock that says who holds it: a writer's id and, for messages, the host. */
export function lockName(writerId: string): string {
  return `${writerId}@${hostname()
    .replaceAll(/[^A-Za-z0-9._-]/g, "_")
    .slice(0, MAX_HOST)}`;
}

/** The writer's id in a lock's file name; undefined for any other name. */
export function holderId(name: string): string | undefined {
  const [id = ""] = name.split("@", 1);
  return writerPid(id) === undefined ? undefined : id;
}

/** Who holds a lock, such as "process 123 on host". */
export function holderText(name: string | undefined): string {
  if (name === undefined) return "another process";
  const [id = "", host] = name.split("@");
  return `process ${writerPid(id)} on ${host}`;
}
