import { spawnSync } from "node:child_process";
import { installWithApt } from "./install-with-apt.mjs";

/** The load balancer of examples/fleet. */
export const haproxy = {
  // Debian installs it in a folder that only root's PATH has.
  isReady: () => ["haproxy", "/usr/sbin/haproxy"].some((name) => spawnSync(name, ["-v"]).status === 0),
  install: () => installWithApt("haproxy"),
  advice: "Install HAProxy 2.4 or newer so that `haproxy -v` works.",
};
