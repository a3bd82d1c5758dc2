import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pageAddress } from "./page-address.mjs";
import { pageTitle } from "./page-title.mjs";
import { staged } from "./staged.mjs";

const has = (path) => existsSync(join(staged.pages, path));
const item = (path) => ({
  text: pageTitle(join(staged.pages, path)),
  link: `/${pageAddress(path).replace(/(?:(?<=\/)index)?\.md$/, "")}`,
});
const group = (text, items) => ({ text, collapsed: true, items });
/** The pages of a folder, in the order of their names. */
const pagesOf = (folder) =>
  readdirSync(join(staged.pages, folder))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => item(`${folder}/${name}`));
/** The READMEs of the projects of a folder. */
const readmesOf = (folder) =>
  readdirSync(join(staged.pages, folder))
    .map((name) => `${folder}/${name}/README.md`)
    .filter(has)
    .map(item);

/** The entries of the packages' API: those of TypeDoc that have their own page. */
function apiEntries(folder = "api/@secondpass") {
  return readdirSync(join(staged.pages, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "classes")
    .flatMap(({ name }) => {
      const own = `${folder}/${name}/index.md`;
      return [...(has(own) ? [item(own)] : []), ...apiEntries(`${folder}/${name}`)];
    });
}

/** The sidebar of the site: all pages, in the order in which a newcomer needs them. */
export function sidebar() {
  return [
    { text: "Start", items: [item("README.md"), item("docs/quick-start.md")] },
    group("Guide", pagesOf("docs/guide")),
    group("Packages", readmesOf("packages")),
    group("Reference", [item("docs/reference/README.md"), ...pagesOf("docs/reference")]),
    group("API", apiEntries()),
    group("Examples and apps", [item("examples/README.md"), ...readmesOf("examples"), ...readmesOf("apps")]),
    group("Work on Secondpass", [
      item("docs/architecture.md"),
      item("CONTRIBUTING.md"),
      item("SECURITY.md"),
      ...pagesOf("docs/contributing"),
      ...readmesOf("tools"),
    ]),
    group("Decisions", [item("docs/decisions/README.md"), ...pagesOf("docs/decisions")]),
    group("Benchmarks", [item("bench/README.md"), ...pagesOf("bench/results")]),
    group("한국어", [item("README.ko.md"), ...pagesOf("docs/ko")]),
  ];
}
