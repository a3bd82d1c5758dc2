import { InvalidOptionError } from "@secondpass/core";

/** What each sign of a glob stands for; the order matters: the longest first. */
const SIGNS: readonly (readonly [sign: RegExp, source: (match: RegExpExecArray) => string])[] = [
  [/\*\*\//y, () => "(?:[^/]+/)*"],
  [/\*\*/y, () => ".*"],
  [/\*/y, () => "[^/]*"],
  [/\?/y, () => "[^/]"],
  [/\[([!^]?)(\]?[^\]/]*)\]/y, ([, not, members]) => `[${not ? "^/" : ""}${escapeMembers(members!)}]`],
  [/\{([^{}]*)\}/y, ([, choices]) => `(?:${choices!.split(",").map(translate).join("|")})`],
  [/[\s\S]/y, ([character]) => character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&")],
];

/**
 * An expression for the paths that a glob names, with "/" between folders: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}`, and `**` for any
 * number of folders. A glob may begin at any folder, as with Python's `rglob`: `*.md` is every Markdown file at any depth.
 *
 * @throws InvalidOptionError for an empty glob, or an absolute one
 */
export function globToRegExp(glob: string, option: string): RegExp {
  if (glob === "" || glob.startsWith("/")) {
    throw new InvalidOptionError(option, "a glob relative to the folder, such as **/*.md", glob);
  }
  return new RegExp(`^(?:[^/]+/)*${translate(glob)}$`, "su");
}

function translate(glob: string): string {
  let source = "";
  for (let position = 0; position < glob.length; ) {
    for (const [sign, sourceOf] of SIGNS) {
      sign.lastIndex = position;
      const match = sign.exec(glob);
      if (match === null) continue;
      source += sourceOf(match);
      position += match[0].length;
      break;
    }
  }
  return source;
}

function escapeMembers(members: string): string {
  return members.replace(/[\\\]^[]/g, "\\$&");
}
