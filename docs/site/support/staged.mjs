import { fileURLToPath } from "node:url";

/** Where pages are put together before VitePress reads them, and where the finished site is. Git ignores both. */
export const staged = {
  pages: fileURLToPath(new URL("../.work/pages", import.meta.url)),
  cache: fileURLToPath(new URL("../.work/cache", import.meta.url)),
  site: fileURLToPath(new URL("../out", import.meta.url)),
};
