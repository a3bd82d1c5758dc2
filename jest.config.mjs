import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Every workspace folder that has a jest.config.mjs is a project of the one root run. */
const projects = ["packages", "apps", "examples"]
  .flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${root}${folder}/${name}`))
  .concat(`${root}bench`, `${root}scripts`)
  .filter((folder) => existsSync(`${folder}/jest.config.mjs`));

export default {
  projects,
  reporters: ["default", `${root}packages/test-kit/jest-preset/summary-line-reporter.cjs`],
  // Two shared cores: more workers would only compete for them.
  maxWorkers: 2,
  // jest's default of five seconds is too short on a busy machine, where a child process takes longer to start.
  testTimeout: 30_000,
};
