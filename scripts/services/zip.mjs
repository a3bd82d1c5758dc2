import { spawnSync } from "node:child_process";
import { installWithApt } from "./install-with-apt.mjs";

/** With which functions are packed for AWS Lambda. */
export const zip = {
  isReady: () => ["zip", "unzip"].every((name) => spawnSync(name, ["-h"]).status === 0),
  install: () => installWithApt("zip", "unzip"),
  advice: "Install zip and unzip.",
};
