import { createRequire } from "node:module";

/** Version of this package. */
export function version(): string {
  // By the package's name: the built files are in another folder than these.
  const manifest = createRequire(import.meta.url)("@secondpass/cli/package.json") as { version: string };
  return manifest.version;
}
