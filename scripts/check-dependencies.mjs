/**
 * Checks the runtime dependencies of packages and apps: each licence must be allowed, and the registry must not know a vulnerability of
 * severity high or critical. If the registry's audit cannot be reached, prints a warning and continues.
 *
 *     node scripts/check-dependencies.mjs
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { licenceBreaches } from "./dependencies/licence-breaches.mjs";
import { readAudit } from "./dependencies/read-audit.mjs";

const cwd = fileURLToPath(new URL("..", import.meta.url));

function pnpm(...words) {
  const result = spawnSync("pnpm", words, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  return result;
}

let failed = false;
function fail(what, lines) {
  failed = true;
  console.log(`${what}:\n${lines.map((line) => `  ${line}\n`).join("")}`);
}

const listed = pnpm("--filter=./packages/*", "--filter=./apps/*", "licenses", "list", "--prod", "--json");
if (listed.status !== 0) fail("pnpm could not list the licences", [listed.stdout + listed.stderr]);
else {
  const breaches = licenceBreaches(JSON.parse(listed.stdout));
  if (breaches.length > 0)
    fail("Licences that are not allowed (scripts/dependencies/licence-breaches.mjs)", breaches);
  else console.log("The licences of all dependencies are allowed.");
}

const audit = readAudit(pnpm("audit", "--prod", "--json").stdout);
if ("unreachable" in audit)
  console.log(`WARNING: faults of dependencies were NOT checked: ${audit.unreachable}`);
else if (audit.severe.length > 0) fail("Dependencies with known faults", audit.severe);
else console.log(`No known faults of severity high or critical; ${audit.others} lesser ones.`);

process.exit(failed ? 1 : 0);
