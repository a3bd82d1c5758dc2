import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./repository.mjs";

/** Folders of which every Markdown file is a page, and folders of which each project's README is one. */
const WHOLE = ["docs", "bench/results"];
const READMES = ["packages", "apps", "examples", "tools"];
const SINGLE = ["README.md", "README.ko.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md"];
/** The site itself, whose front page is staged apart. */
const NOT_PAGES = /^docs\/site\//;

const under = (folder) =>
  readdirSync(join(repository.root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() && entry.name !== "node_modules" ? under(path) : [path];
  });

/** The files of the repository that the site shows, by their paths in it: pages, and the pictures that they show. */
export function listPages() {
  const found = [
    ...SINGLE,
    ...WHOLE.filter((folder) => !NOT_PAGES.test(`${folder}/`)).flatMap(under),
    ...READMES.flatMap((folder) =>
      readdirSync(join(repository.root, folder)).map((name) => `${folder}/${name}/README.md`),
    ),
  ];
  return found.filter(
    (path) => /\.(md|svg)$/.test(path) && !NOT_PAGES.test(path) && existsSync(join(repository.root, path)),
  );
}
