import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";

/** The ids of a page, and the links in it. */
function readHtml(file) {
  const html = readFileSync(file, "utf8");
  const values = (name) =>
    [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value]) =>
      value.replaceAll("&amp;", "&"),
    );
  return { ids: new Set(values("id")), links: values("href") };
}

/**
 * Finds links of a built site to headings that the linked page does not have, as "page: link". VitePress itself fails for missing pages.
 * @param {string} folder of the site
 * @param {string} base path under which it is served
 */
export function checkAnchors(folder, base) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".html"),
  );
  const pages = new Map(files.map((file) => [file.replaceAll(sep, "/"), readHtml(join(folder, file))]));
  return [...pages].flatMap(([page, { links }]) =>
    links
      .filter((link) => link.includes("#") && !/^[a-z]+:|^#$/i.test(link))
      .filter((link) => {
        const [path, hash] = link.split("#");
        const target =
          path === ""
            ? page
            : posix.relative(
                base,
                posix.resolve(base, posix.dirname(page), path.replace(/\/$/, "/index.html")),
              );
        return !pages.get(target)?.ids.has(decodeURIComponent(hash));
      })
      .map((link) => `${page}: ${link}`),
  );
}
