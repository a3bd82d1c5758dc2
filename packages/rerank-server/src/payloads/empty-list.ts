import { RequestError } from "../errors/request-error.js";

/** Makes the error for a request without texts, on paths whose protocol rejects it. */
export function emptyList(where: string): RequestError {
  return new RequestError("empty", `Expected \`${where}\` to have at least one text, got an empty list.`);
}
