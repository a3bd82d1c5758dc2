import { version } from "../../manifest/version.js";

/** The range of our packages that this program belongs to: all are released together, with the same version. */
export function ownRange(): string {
  return `^${version()}`;
}
