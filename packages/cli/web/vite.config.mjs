import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page: a few files that the program serves itself, without any network. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // Nothing inline: the page's policy allows only files from its own server.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
