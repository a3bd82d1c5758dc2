import { spawnSync } from "node:child_process";

/**
 * Runs a command as root, with its output shown: directly if this is root, else by sudo without a password.
 * @throws {Error} if the command fails
 */
export function runAsRoot(command, args, env = {}) {
  const isRoot = process.getuid?.() === 0;
  const [program, words] = isRoot ? [command, args] : ["sudo", ["-n", "-E", command, ...args]];
  const { status, error } = spawnSync(program, words, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    throw new Error(
      `\`${[program, ...words].join(" ")}\` failed: ${error?.message ?? `exit code ${status}`}`,
    );
  }
}
