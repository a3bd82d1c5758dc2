import { posix } from "node:path";
import { isKorean } from "./is-korean.mjs";

/** Path from a user's project to the files of `npm run pack`: the clone is next to the project. */
const PACKED = "../secondpass/packed/";
/** A command that installs packages, to the end of its line or of its code. Commands of a workspace's pnpm do not match. */
const COMMAND =
  /\b(?:npx(?! pnpm@)|bunx|npm (?:install|i|add|exec)|pnpm (?:add|dlx)|yarn (?:add|dlx)|bun (?:add|x))\b(?:\\\n|[^\n`#&|;])*/g;
const PUBLISHED_NAME = /(?<= )@secondpass\/([\w-]+)(?:@[\w.^~-]+)?/g;
const PACKED_NAME = /\.\.\/secondpass\/packed\/([\w-]+)\.tgz/g;
/** Beginning of the sentence after a page's first such command that says where the file comes from. */
const NOTE = /^(?:Not on npm yet: |아직 npm에 없습니다\. ).*\n\n?/gm;
const INSTALL_SECTION = /(?<=<!-- install -->\n)[\s\S]*?(?=<!-- \/install -->)/;

/**
 * Rewrites the install commands of a Markdown page to one form. A second call changes nothing.
 *
 * @param {string} page path from the repository's root, with slashes
 * @param {string} text
 * @param {object} form
 * @param {"packed" | "registry"} form.name `packed`: from the files of `npm run pack`; `registry`: from npm
 * @param {string} form.install text for the "Install" section, if a page has one
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
  // A page with that section has the sentence there.
  if (name === "registry" || commands === 0 || INSTALL_SECTION.test(text)) return bare;
  const end = endOfBlock(bare, bare.search(PACKED_NAME));
  return `${bare.slice(0, end)}\n${noteOf(page)}\n${bare.slice(end)}`;
}

/** End of the paragraph, table or block of code around `place`: the position after its last newline. */
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
