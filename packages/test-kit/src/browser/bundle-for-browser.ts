import { build } from "esbuild";

/**
 * A module bundled for browsers as an app would be: the published build, no polyfill, nothing left outside.
 * @param folder where its imports are resolved
 */
export async function bundleForBrowser(contents: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}
