import { python } from "../services/python.mjs";

const turbo = (task) => [
  "pnpm",
  "exec",
  "turbo",
  "run",
  task,
  "--output-logs=errors-only",
  "--log-prefix=none",
];
/** Checks all packages in one program: a quarter of the time of one program for each package, because most of the time goes to shared types. */
const TYPECHECK_TOGETHER = turbo("typecheck:all");
/** Checks each package alone, so that global types of one do not reach another. */
const TYPECHECK_APART = turbo("typecheck");
const JEST = ["node", "node_modules/jest/bin/jest.js"];

/** Leaves out the benchmarks' peers: about 200 MB that nothing else needs. */
const WITHOUT_BENCH = ["--filter=!@secondpass/bench"];
/** Also leaves out what builds the site: about 60 MB. */
const WITHOUT_EXTRAS = [...WITHOUT_BENCH, "--filter=!@secondpass/site"];
/** The demo and the packages that it uses. */
const DEMO_ONLY = ["--filter=@secondpass/demo..."];
/** The published packages, and the packages that they use. */
const PACKAGES_ONLY = ["--filter=./packages/*..."];
/** A task that runs a program of the demo. */
const DEMO = {
  install: ["--filter=secondpass", ...DEMO_ONLY],
  build: DEMO_ONLY,
  needsNoTypes: true,
  inUserFolder: true,
  downloadMB: 280,
};

/** The page, and the packages that it uses. */
const PAGE_ONLY = ["--filter=@secondpass/cli..."];
/** `npm run demo -- --web`. */
const DEMO_WEB = {
  install: ["--filter=secondpass", ...PAGE_ONLY],
  build: PAGE_ONLY,
  commands: [["node", "scripts/demo-web.mjs"]],
  needsNoTypes: true,
  inUserFolder: true,
  downloadMB: 300,
};

/**
 * What `npm run TASK` installs, builds and runs.
 * - `install`, `build`: filters for pnpm and turbo. If not set, every project.
 * - `commands`: run in this order. The last one gets the arguments after the task's name.
 * - `env`: added to the commands' environment.
 * - `listsWithoutWords`: without arguments, the commands only print a list and need nothing installed.
 * - `needsNoTypes`: a first build leaves out the types, which take half of its time.
 * - `inUserFolder`: the last command runs in the user's folder, because its arguments name files.
 * - `withWord`: the task that replaces this one if the word is among the arguments; the word is left out.
 * - `downloadMB`: size of the downloaded tarballs on Linux x64 with empty caches, rounded up to 10 MB.
 */
export const tasks = {
  demo: { ...DEMO, commands: [["node", "apps/demo/dist/cli.js"]], withWord: { "--web": DEMO_WEB } },
  "verify:hub": { ...DEMO, commands: [["node", "apps/demo/dist/verify-hub.js"]] },
  "verify:aws": { ...DEMO, commands: [["node", "apps/demo/dist/verify-aws.js"]] },
  pack: {
    install: ["--filter=secondpass", ...PACKAGES_ONLY],
    build: PACKAGES_ONLY,
    commands: [["node", "scripts/pack.mjs"]],
    downloadMB: 290,
  },
  docs: {
    install: ["--filter=secondpass", "--filter=@secondpass/site", ...PACKAGES_ONLY],
    build: PACKAGES_ONLY,
    commands: [["node", "docs/site/build.mjs"]],
    downloadMB: 350,
  },
  endpoint: {
    install: ["--filter=secondpass", "--filter=@secondpass/sagemaker-endpoint..."],
    build: ["--filter=@secondpass/sagemaker-endpoint..."],
    commands: [["node", "apps/sagemaker-endpoint/dist/cli.js"]],
    needsNoTypes: true,
    inUserFolder: true,
    downloadMB: 280,
  },
  bench: { commands: [["node", "bench/bench.mjs"]], listsWithoutWords: true, downloadMB: 350 },
  "eval:mini": { commands: [["node", "bench/mini/evaluate.mjs"]], downloadMB: 350 },
  test: { install: WITHOUT_EXTRAS, commands: [TYPECHECK_TOGETHER, JEST], downloadMB: 290 },
  "test:services": {
    install: WITHOUT_BENCH,
    commands: [["node", "scripts/services/install-services.mjs"], JEST],
    env: { SECONDPASS_TESTS: "services", SECONDPASS_PYTHON: python.path },
    downloadMB: 290,
  },
  "test:slow": {
    install: WITHOUT_EXTRAS,
    commands: [["node", "scripts/services/install-services.mjs"], JEST],
    env: {
      SECONDPASS_TESTS: "slow",
      SECONDPASS_SLOW: "1",
      SECONDPASS_SEED: "random",
      SECONDPASS_PYTHON: python.path,
    },
    downloadMB: 290,
  },
  fuzz: { install: WITHOUT_EXTRAS, commands: [["node", "scripts/fuzz.mjs"]], downloadMB: 290 },
  models: { install: WITHOUT_EXTRAS, commands: [["node", "scripts/models.mjs"]], downloadMB: 290 },
  dev: { install: WITHOUT_EXTRAS, commands: [["node", "scripts/dev.mjs"]], downloadMB: 290 },
  check: {
    commands: [
      TYPECHECK_APART,
      ["pnpm", "exec", "biome", "check", "."],
      ["pnpm", "exec", "knip"],
      ["node", "scripts/structure/check-structure.mjs"],
      ["node", "scripts/check-dependencies.mjs"],
      ["node", "scripts/check-packages.mjs"],
    ],
    downloadMB: 350,
  },
};
