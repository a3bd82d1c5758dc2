import { runAsRoot } from "./run-as-root.mjs";

const env = { DEBIAN_FRONTEND: "noninteractive" };

/** Installs Debian packages; if that fails, updates apt's lists and tries again. */
export function installWithApt(...packages) {
  const install = () =>
    runAsRoot("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], env);
  try {
    install();
  } catch {
    runAsRoot("apt-get", ["update", "-qq"], env);
    install();
  }
}
