import { fileURLToPath } from "node:url";

/** Folder in which pages are collected for VitePress, and folder of the finished site. Git ignores both. */
export const staged = {
  pages: fileURLToPath(new URL("../.work/pages", import.meta.url)),
  cache: fileURLToPath(new URL("../.work/cache", import.meta.url)),
  site: fileURLToPath(new URL("../out", import.meta.url)),
};
