import { spawnSync } from "node:child_process";
import { installWithApt } from "./install-with-apt.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** Whether a browser on PATH starts: some systems have a `chromium` that only says how to install it. */
const works = () => NAMES.some((name) => spawnSync(name, ["--version"]).status === 0);

/** Chromium or Chrome, for the tests of the browser builds. */
export const chromium = {
  isReady: works,
  install: () => installWithApt("chromium"),
  advice: "Install Chromium or Chrome so that `chromium --version` works.",
};
