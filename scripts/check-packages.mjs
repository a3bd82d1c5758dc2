/**
 * Tests every published package as users get it: packs it, lints the tarball (publint, attw), installs it in an
 * empty folder outside the workspace with only the dependencies of its package.json, and runs a few lines from ESM and
 * from CommonJS, with the newest peers and with the oldest that it allows. Needs a build; needs the npm registry for
 * what is not in npm's cache.
 *
 *     node scripts/check-packages.mjs [package…]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "./pack/pack-packages.mjs";
import { publishedPackages } from "./pack/published-packages.mjs";
import { smokeLines } from "./smoke-lines.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const scope = "@secondpass/";
/** Enough for the mini models, with each weight once. */
const MAX_BYTES = 26e6;

function run(command, args, cwd, env = {}) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip", ...env },
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `${command} ${args.join(" ")} left with ${result.status}:\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

const manifests = publishedPackages();

/** A package's own siblings, those they need included. */
function siblings(name, found = new Set()) {
  for (const dependency of Object.keys(manifests.get(name).dependencies ?? {})) {
    if (dependency.startsWith(scope) && !found.has(dependency)) siblings(dependency, found.add(dependency));
  }
  return found;
}

/** What the user installs with the package: the peers that are not optional. */
function peers(name) {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = manifests.get(name);
  return Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
}

/** The oldest allowed versions of those peers: "^1.0.0" and ">=1.0.0" begin with them. */
function oldestPeers(name) {
  const { peerDependencies = {} } = manifests.get(name);
  return peers(name).map((peer) => `${peer}@${peerDependencies[peer].replace(/^(\^|>=)/, "")}`);
}

const work = mkdtempSync(join(tmpdir(), "secondpass-packages-"));
let failed = 0;
try {
  const packed = await packPackages(join(work, "tarballs"), { linked: false });
  const tarballs = new Map(packed.map(({ name, path }) => [name, path]));
  const chosen = process.argv.slice(2);
  for (const [name, { folder }] of manifests) {
    if (chosen.length > 0 && !chosen.includes(folder)) continue;
    try {
      const tarball = tarballs.get(name);
      const { size } = statSync(tarball);
      if (size > MAX_BYTES) throw new Error(`expected at most ${MAX_BYTES} bytes packed, got ${size}`);
      run("pnpm", ["exec", "publint", "--strict", tarball], root);
      run("pnpm", ["exec", "attw", "--profile", "node16", "--quiet", tarball], root);
      const user = join(work, "users", folder);
      mkdirSync(user, { recursive: true });
      // Siblings are not on the registry yet; `overrides` gives npm their tarballs instead.
      const needed = [...siblings(name)];
      writeFileSync(
        join(user, "package.json"),
        JSON.stringify({
          name: "user",
          private: true,
          dependencies: Object.fromEntries(
            [name, ...needed].map((each) => [each, `file:${tarballs.get(each)}`]),
          ),
        }),
      );
      const lines = smokeLines[folder];
      if (!lines) throw new Error(`${name} has no lines in scripts/smoke-lines.mjs`);
      const check =
        'if (!(await check())) { console.error("the lines ran, but gave something else"); process.exit(1); }';
      const names = (list) => `{ ${list.join(", ")} }`;
      const imports = Object.entries(lines.use);
      const from = (entry) => JSON.stringify(entry === "." ? name : name + entry.slice(1));
      writeFileSync(
        join(user, "esm.mjs"),
        `${imports.map(([entry, list]) => `import ${names(list)} from ${from(entry)};`).join("\n")}\nconst check = ${lines.check};\n${check}\n`,
      );
      writeFileSync(
        join(user, "cjs.cjs"),
        `${imports.map(([entry, list]) => `const ${names(list)} = require(${from(entry)});`).join("\n")}\nconst check = ${lines.check};\n(async () => { ${check} })();\n`,
      );
      const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
      for (const beside of new Set([peers(name).join(" "), oldestPeers(name).join(" ")])) {
        run("npm", ["install", ...quietly, ...beside.split(" ").filter(Boolean)], user);
        run("node", ["esm.mjs"], user);
        run("node", ["cjs.cjs"], user);
      }
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error.message}`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
