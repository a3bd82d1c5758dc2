import { posix } from "node:path";
import { isKorean } from "./is-korean.mjs";

/** Where a user's project finds what `npm run pack` writes: the clone is next to it. */
const PACKED = "../secondpass/packed/";
/** A command that gets packages, to the end of its line or of the code that it is in. One of a workspace's pnpm gets none. */
const COMMAND =
  /\b(?:npx(?! pnpm@)|bunx|npm (?:install|i|add|exec)|pnpm (?:add|dlx)|yarn (?:add|dlx)|bun (?:add|x))\b(?:\\\n|[^\n`#&|;])*/g;
const PUBLISHED_NAME = /(?<= )@secondpass\/([\w-]+)(?:@[\w.^~-]+)?/g;
const PACKED_NAME = /\.\.\/secondpass\/packed\/([\w-]+)\.tgz/g;
/** Begins the sentence that says, under a page's first such command, where its file comes from. */
const NOTE = /^(?:Not on npm yet: |아직 npm에 없습니다\. ).*\n\n?/gm;
const INSTALL_SECTION = /(?<=<!-- install -->\n)[\s\S]*?(?=<!-- \/install -->)/;

/**
 * A Markdown page with its install commands in one form. A second time changes nothing.
 *
 * @param {string} page path from the repository's root, with slashes
 * @param {string} text
 * @param {object} form
 * @param {"packed" | "registry"} form.name `packed`: from the files of `npm run pack`; `registry`: from npm
 * @param {string} form.install what the section "Install" of a page says that has one
 * @param {ReadonlySet<string>} form.packages short names of the published packages
 * @throws {Error} if a command names a package that is not published
 */
export function rewritePage(page, text, { name, install, packages }) {
  let commands = 0;
  const rewrite = (whole, short) => {
    if (!packages.has(short)) {
      throw new Error(
        `${page}: expected a published package in "${whole}"; there are ${[...packages].join(", ")}.`,
      );
    }
    commands += 1;
    return name === "packed" ? `${PACKED}${short}.tgz` : `@secondpass/${short}`;
  };
  const bare = text
    .replaceAll(NOTE, "")
    .replace(INSTALL_SECTION, () => install)
    .replaceAll(COMMAND, (command) =>
      command.replaceAll(PUBLISHED_NAME, rewrite).replaceAll(PACKED_NAME, rewrite),
    );
  // A page with the section says it there.
  if (name === "registry" || commands === 0 || INSTALL_SECTION.test(text)) return bare;
  const end = endOfBlock(bare, bare.search(PACKED_NAME));
  return `${bare.slice(0, end)}\n${noteOf(page)}\n${bare.slice(end)}`;
}

/** Where the paragraph, table or block of code ends that `place` is in: behind its last newline. */
function endOfBlock(text, place) {
  const before = text.slice(0, place);
  const isFenced = (before.match(/^```/gm) ?? []).length % 2 === 1;
  const isIndented = /(?:^|\n) {4}[^\n]*$/.test(before);
  const ends = isFenced ? /^```[^\n]*\n/gm : isIndented ? /\n(?=\n+(?! {4}|\n))|\n$/g : /\n(?=\n)|\n$/g;
  ends.lastIndex = place;
  const end = ends.exec(text);
  return end === null ? text.length : end.index + end[0].length;
}

function noteOf(page) {
  const readme = posix.relative(posix.dirname(page), "README.md");
  const link = `[\`npm run pack\`](${readme}#install)`;
  return isKorean(page)
    ? `아직 npm에 없습니다. 프로젝트 옆에 있는 저장소 클론에서 ${link}을 실행하면 이 파일이 만들어집니다.`
    : `Not on npm yet: ${link} in a clone next to your project writes these files.`;
}
