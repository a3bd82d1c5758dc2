import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { appFolder } from "./app-folder.js";

const exec = promisify(execFile);

/** Folder of the installed programs: runs `npx NAME` of the documentation without the registry. */
const PROGRAMS = join(appFolder, "node_modules/.bin");

/** Node 24, for programs that do not run on Node 20. */
export const newerNode = join(PROGRAMS, "node");

/** The environment of a program, without jest's variables and without telemetry. */
export const environment = {
  PATH: `${PROGRAMS}${delimiter}${process.env.PATH}`,
  HOME: process.env.HOME,
  NEXT_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
};

/** Variables that some networks need to reach a registry: proxies, certificates, a mirror. */
export const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(https?_proxy|no_proxy|ssl_cert_(file|dir)|node_extra_ca_certs|npm_config_(registry|cafile))$/i.test(
      name,
    ),
  ),
);

/**
 * Runs a program to its end.
 * @returns its standard output and standard error, separately
 * @throws if it fails, with its output
 */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>> = environment,
): Promise<{ stdout: string; stderr: string }> {
  try {
    return await exec(command, args, { cwd, env, maxBuffer: 2 ** 26, timeout: 600_000 });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed: ${error}\n${stdout}${stderr}`);
  }
}

/** Runs a line of the documentation. */
export const runLine = (line: string, cwd: string = appFolder) =>
  run("bash", ["-c", line.replace(/^npx /, "")], cwd);
