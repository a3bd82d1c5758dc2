import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./repository.mjs";

/** Folders in which every Markdown file is a page, and folders in which each project's README is a page. */
const WHOLE = ["docs", "bench/results"];
const READMES = ["packages", "apps", "examples", "tools"];
const SINGLE = [
  "docs/site/index.md",
  "README.md",
  "README.ko.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "examples/README.md",
  "bench/README.md",
];
/** The site itself and its output. */
const NOT_PAGES = "docs/site";

const under = (folder) =>
  readdirSync(join(repository.root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (path === NOT_PAGES) return [];
    return entry.isDirectory() ? under(path) : [path];
  });

/** The files of the repository that the site shows, by their paths: pages and their pictures. */
export function listPages() {
  const found = [
    ...SINGLE,
    ...WHOLE.flatMap(under),
    ...READMES.flatMap((folder) =>
      readdirSync(join(repository.root, folder)).map((name) => `${folder}/${name}/README.md`),
    ),
  ];
  return found.filter((path) => /\.(md|svg)$/.test(path) && existsSync(join(repository.root, path)));
}
