import { homedir } from "node:os";

/** The user's home folder, or "~" as in Python if the system knows none: in containers, users may have no entry. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return "~";
  }
}
