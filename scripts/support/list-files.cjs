const { execFileSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

/**
 * The files of the repository, committed or new, that git does not ignore. CommonJS, so that tests can load it too.
 *
 * @param {string} root
 * @param {readonly string[]} patterns of git, such as "*.md" or ":!*.json"
 * @returns {string[]} paths from the root
 */
exports.listFiles = (root, patterns) => {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", ...patterns];
  return (
    execFileSync("git", words, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 })
      .split("\0")
      // A file deleted since the last commit is still listed.
      .filter((path) => path !== "" && existsSync(join(root, path)))
  );
};
