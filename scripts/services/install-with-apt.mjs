import { runAsRoot } from "./run-as-root.mjs";

const env = { DEBIAN_FRONTEND: "noninteractive" };

/** Installs Debian packages; updates apt's lists first if the packages cannot be installed with those at hand. */
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
