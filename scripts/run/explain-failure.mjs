/** What to do about a failure, by what the tool said. The first that matches counts. */
const ADVICE = [
  [
    /npx: command not found/,
    "npx comes with npm, and npm with Node: install Node 20 or newer from https://nodejs.org.",
  ],
  [
    /ENOSPC|no space left/i,
    "The disk is full. Free some space (`df -h` shows where), then run the command again.",
  ],
  [
    /EROFS|read-only file system/i,
    "A folder that must be written is read-only: the clone itself, or the cache of npm or pnpm in the home folder.",
  ],
  [
    /EACCES|EPERM|permission denied/i,
    "A file or folder may not be written by this user: look for files of another user in the clone and in the caches of npm and pnpm.",
  ],
  [
    /OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH|frozen-lockfile/i,
    (pnpm) =>
      `pnpm-lock.yaml does not match the package.json files. If you changed one, run \`npx ${pnpm} install\` and commit the lockfile.`,
  ],
  [
    /BROKEN_LOCKFILE|merge conflict/i,
    (pnpm) =>
      `pnpm-lock.yaml cannot be read. Restore it with \`git checkout pnpm-lock.yaml\`, then \`npx ${pnpm} install\`.`,
  ],
  [
    /ABORTED_REMOVE_MODULES_DIR|MODULES_BREAKING_CHANGE|UNEXPECTED_STORE|UNEXPECTED_VIRTUAL_STORE/i,
    "Another package manager or store made node_modules. Delete the folder node_modules, then run the command again.",
  ],
  [
    /NO_OFFLINE|ENOTCACHED|only-if-cached/i,
    "Offline mode is on and a package is not in the cache. Run the command once with network access and without `offline` in the npm settings.",
  ],
  [
    /CERT|self.signed|SSL/i,
    "The registry's certificate is not trusted. Behind a company proxy, set NODE_EXTRA_CA_CERTS to its certificate.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET|META_FETCH_FAIL|FETCH_|network|proxy/i,
    "The npm registry cannot be reached. The first run needs network access; later runs do not. Behind a proxy, set HTTPS_PROXY.",
  ],
  [
    /ENGINE|Unsupported engine|EBADENGINE/i,
    "This Node or package manager is too old or too new for a package. Secondpass needs Node 20 or newer.",
  ],
  [
    /TARBALL_INTEGRITY|EINTEGRITY/i,
    "A downloaded package is damaged. Run the command again; if it fails again, clear the caches with `npm cache clean --force` and `pnpm store prune`.",
  ],
  [/heap out of memory|ENOMEM|SIGKILL|code 137/i, "The machine ran out of memory."],
];

/**
 * One sentence on what to do about a failed step, or undefined if nothing is known about it.
 * @param {string} output what the failed tool printed
 * @param {string} packageManager "pnpm@VERSION" of package.json
 */
export function explainFailure(output, packageManager) {
  const advice = ADVICE.find(([pattern]) => pattern.test(output))?.[1];
  return typeof advice === "function" ? advice(packageManager) : advice;
}
