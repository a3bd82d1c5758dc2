import { build } from "esbuild";

/**
 * Bundles a module for browsers as an app does: from the published build, without polyfills, with all its imports.
 * @param folder from which imports are resolved
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
