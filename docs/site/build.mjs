/**
 * Builds the documentation as a website into docs/site/out, which git ignores. Fails for a link that leads nowhere.
 *
 *     node docs/site/build.mjs [--preview]
 *
 * `--preview` serves it afterwards, until Ctrl-C. The variable SECONDPASS_SITE_BASE is the path under which a server has the site, such as `/secondpass/`.
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, serve } from "vitepress";
import { buildApi } from "./build-api.mjs";
import { checkAnchors } from "./support/check-anchors.mjs";
import { repository } from "./support/repository.mjs";
import { stagePages } from "./support/stage-pages.mjs";
import { staged } from "./support/staged.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

stagePages();
await buildApi(join(staged.pages, "api"));
await build(here);
const broken = checkAnchors(staged.site, process.env.SECONDPASS_SITE_BASE ?? "/");
if (broken.length > 0) {
  console.error(`Links to headings that do not exist:\n${broken.map((link) => `  ${link}\n`).join("")}`);
  process.exit(1);
}
console.log(`The site is in ${relative(repository.root, staged.site)}.`);
if (process.argv.includes("--preview")) await serve({ root: here });
