import { createRequire } from "node:module";

/** Version of this package. */
export function version(): string {
  // Resolve by the package's name: the built files are in another folder than the sources.
  const manifest = createRequire(import.meta.url)("@secondpass/cli/package.json") as { version: string };
  return manifest.version;
}
