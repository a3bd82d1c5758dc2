import { spawn } from "node:child_process";
import { constants } from "node:os";

/** The running child, so that signals reach it. */
let current;

// Ctrl-C on a terminal reaches the child as well, so that this process only waits for it to end. Without a terminal, pass the signal on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (current === undefined) process.exit(128 + constants.signals[signal]);
    if (signal !== "SIGINT" || !process.stdin.isTTY) current.kill(signal);
  });
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {boolean} [options.quiet] keep what it prints back and give it no input, so that it cannot ask. `@default false`
 * @param {(text: string) => void} [options.onOutput] called with each piece of kept-back output
 * @returns {Promise<{ code: number, stdout: string, output: string }>} the exit code as a shell has it (130 after SIGINT, 127 if there is
 *   no such command); `output` is both streams as they came
 */
export function runCommand(command, args, { cwd, env, quiet = false, onOutput = () => {} }) {
  return new Promise((resolve) => {
    const stdout = [];
    const output = [];
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      shell: process.platform === "win32",
    });
    current = child;
    const end = (result) => {
      current = undefined;
      resolve({
        stdout: Buffer.concat(stdout).toString(),
        output: Buffer.concat(output).toString(),
        ...result,
      });
    };
    for (const stream of ["stdout", "stderr"]) {
      child[stream]?.on("data", (data) => {
        if (stream === "stdout") stdout.push(data);
        output.push(data);
        onOutput(data.toString());
      });
    }
    child.on("error", (error) => {
      const isMissing = error.code === "ENOENT" && error.syscall === `spawn ${command}`;
      end({ code: isMissing ? 127 : 1, output: isMissing ? `${command}: command not found` : error.message });
    });
    child.on("close", (code, signal) => end({ code: code ?? 128 + constants.signals[signal] }));
  });
}
