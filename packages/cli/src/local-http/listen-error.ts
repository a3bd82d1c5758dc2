import { CommandError } from "../errors/command-error.js";

/** Codes of a failure to listen, and what to do about it. */
const ADVICE: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
  EACCES: (_host, port) => `Port ${port} needs more rights. Choose one from 1024 with --port.`,
  EADDRNOTAVAIL: (host) =>
    `${host} is not an address of this machine. Choose another with --host; 0.0.0.0 is all of them.`,
  ENOTFOUND: (host) =>
    `${host} is not a known host. Choose another with --host; 0.0.0.0 is all addresses of this machine.`,
  EAI_AGAIN: (host) =>
    `${host} is not a known host. Choose another with --host; 0.0.0.0 is all addresses of this machine.`,
};

/** Explains a failure to listen to the user; undefined if it is another failure. */
export function listenError(error: unknown, host: string, port: number): CommandError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  const advice = code !== undefined && Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  return advice && new CommandError(advice(host, port), { cause: error });
}
