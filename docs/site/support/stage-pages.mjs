import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { listPages } from "./list-pages.mjs";
import { pageTitle } from "./page-title.mjs";
import { repository } from "./repository.mjs";
import { staged } from "./staged.mjs";

/** Folders that other pages link to and that have no README: each gets a page that lists its pages. */
const LISTED = {
  "docs/guide": "The guide",
  "bench/results": "Results of the benchmarks",
};

/**
 * Copies the repository's pages, under their paths, to the folder that VitePress reads. The files of docs/guide have nothing that only the site needs,
 * because they are also the demo's corpus.
 */
export function stagePages() {
  rmSync(staged.pages, { recursive: true, force: true });
  const paths = listPages();
  for (const path of paths) {
    mkdirSync(dirname(join(staged.pages, path)), { recursive: true });
    cpSync(join(repository.root, path), join(staged.pages, path));
  }
  for (const [folder, title] of Object.entries(LISTED)) {
    const index = join(staged.pages, folder, "README.md");
    if (existsSync(index)) continue;
    const pages = paths.filter((path) => posix.dirname(path) === folder && path.endsWith(".md"));
    const lines = pages.map(
      (path) => `- [${pageTitle(join(repository.root, path))}](${posix.basename(path)})`,
    );
    writeFileSync(index, `# ${title}\n\n${lines.join("\n")}\n`);
  }
}
