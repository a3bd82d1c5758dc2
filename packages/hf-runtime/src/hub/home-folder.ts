import { homedir } from "node:os";

/** The user's home folder, or "~" if the system knows none (a user without an entry, as containers have), as in Python. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return "~";
  }
}
