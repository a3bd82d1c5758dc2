import { spawnSync } from "node:child_process";
import { installWithApt } from "./install-with-apt.mjs";

/** The program that packs functions for AWS Lambda. */
export const zip = {
  isReady: () => ["zip", "unzip"].every((name) => spawnSync(name, ["-h"]).status === 0),
  install: () => installWithApt("zip", "unzip"),
  advice: "Install zip and unzip.",
};
