import { version } from "../../manifest/version.js";

/** Returns the version range for our packages: all are released together, with the version of this program. */
export function ownRange(): string {
  return `^${version()}`;
}
