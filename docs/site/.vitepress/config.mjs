import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import llms from "vitepress-plugin-llms";
import { literalBraces } from "../support/literal-braces.mjs";
import { pageAddress } from "../support/page-address.mjs";
import { repository } from "../support/repository.mjs";
import { repositoryLinks } from "../support/repository-links.mjs";
import { sidebar } from "../support/sidebar.mjs";
import { staged } from "../support/staged.mjs";

export default defineConfig({
  title: "Secondpass",
  description: repository.description,
  lang: "en",
  base: process.env.SECONDPASS_SITE_BASE ?? "/",
  srcDir: staged.pages,
  outDir: staged.site,
  cacheDir: staged.cache,
  rewrites: pageAddress,
  // Examples of servers.
  ignoreDeadLinks: "localhostLinks",
  markdown: {
    // As on GitHub, so that a link to a heading is right in both places.
    anchor: { slugify: (text) => slug(text) },
    config: (markdown) => void markdown.use(repositoryLinks).use(literalBraces),
  },
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Guide", link: "/guide/" },
      { text: "API", link: "/api/" },
      { text: "Decisions", link: "/decisions/" },
      { text: "한국어", link: "/README.ko" },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: repository.url }],
  },
  vite: {
    plugins: [
      llms({
        title: "Secondpass",
        description: repository.description,
        ignoreFiles: ["README.ko.md", "docs/ko/*"],
        ignoreFilesPerOutput: { llmsFullTxt: ["bench/results/*"] },
      }),
    ],
    build: { chunkSizeWarningLimit: 10_000 },
  },
});
