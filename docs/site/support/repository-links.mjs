import { existsSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { pageAddress } from "./page-address.mjs";
import { repository } from "./repository.mjs";
import { staged } from "./staged.mjs";

/** Matches an address with a scheme, an anchor of the same page, or a path from the site's root. */
const NOT_RELATIVE = /^(?:[a-z]+:|#|\/)/i;

/**
 * Resolves a link of a page: to another page of the site, or to the file in the repository if the site does not have it.
 * @param {string} page path in the repository
 * @param {string} href as it is written there
 * @throws {Error} if it leads to nothing
 */
function siteLink(page, href) {
  if (NOT_RELATIVE.test(href)) return href;
  const [, file, hash] = /^([^#]*)(#.*)?$/.exec(href);
  const path = posix.join(posix.dirname(page), decodeURI(file)).replace(/\/$/, "");
  const target = [path, `${path}/README.md`].find(
    (each) => each.endsWith(".md") && existsSync(join(staged.pages, each)),
  );
  if (target !== undefined) return `/${pageAddress(target)}${hash ?? ""}`;
  const stats = statSync(join(repository.root, path), { throwIfNoEntry: false });
  if (stats === undefined || path.startsWith(".."))
    throw new Error(`${page} links to ${href}, which the repository does not have.`);
  return `${repository.url}/${stats.isDirectory() ? "tree" : "blob"}/main/${path}${hash ?? ""}`;
}

/** A plugin of markdown-it that turns the links of the repository's pages into links of the site. */
export function repositoryLinks(markdown) {
  markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
    const file = env?.realPath ?? env?.path;
    // VitePress also renders headings alone, without the page's path.
    if (file === undefined) return;
    const page = relative(staged.pages, file).replaceAll(sep, "/");
    // TypeDoc's pages are not in the repository; their links are right.
    if (page.startsWith("api/")) return;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "link_open") token.attrSet("href", siteLink(page, token.attrGet("href")));
    }
  });
}
