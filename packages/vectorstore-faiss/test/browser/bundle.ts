import { join } from "node:path";
import { build } from "esbuild";

/** A module bundled for browsers as an app would be: the published build, no polyfill, nothing left outside. */
export async function bundleForBrowser(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(__dirname, "../..") },
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}
