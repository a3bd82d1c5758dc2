import { version } from "../../manifest/version.js";

/** The range of our packages that this program belongs to: those that are released together carry the same version. */
export function ownRange(): string {
  return `^${version()}`;
}
