import { parseArgs } from "node:util";
import { connectAws } from "./aws/connect-aws.js";
import { deleteDeployment } from "./commands/delete-deployment.js";
import { deploy } from "./commands/deploy.js";
import { DEPLOY_HELP, readDeployOptions, readName } from "./commands/deploy-options.js";
import { packModel } from "./commands/pack-model.js";
import { readStatus } from "./commands/read-status.js";
import type { RunOptions } from "./commands/run-plan.js";
import { DeployError } from "./errors/deploy-error.js";
import { UsageError } from "./errors/usage-error.js";

const HELP = `A cross-encoder as a SageMaker endpoint.

serve [--model FOLDER|HUB_ID] [--host HOST] [--port PORT]
  run the server here, as the image's ENTRYPOINT does
pack --model FOLDER [--out model.tar.gz] [--script]
  archive a model; --script adds code/inference.py for a Hugging Face container
${DEPLOY_HELP}
status --name NAME [--region REGION] [--profile PROFILE]
delete --name NAME [--region REGION] [--profile PROFILE]`;

/** The environment of the command line; tests replace it. */
export interface CommandWorld {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  /** Folder of the script for Hugging Face containers. */
  readonly scriptFolder: string;
  /** Time between two requests for an endpoint's state, in ms. */
  readonly pollMs?: number;
  readonly signal?: AbortSignal;
}

/** Runs one command. @returns the exit code: 0 success, 1 failure, 2 invalid command line */
export async function main(args: readonly string[], world: CommandWorld): Promise<number> {
  const [verb = "", ...rest] = args;
  try {
    const run = COMMANDS[verb];
    if (run) return await run(rest, world);
    if (verb !== "" && !["help", "--help", "-h"].includes(verb)) {
      throw new UsageError(`Expected ${Object.keys(COMMANDS).join(", ")}, got "${verb}".`);
    }
    world.print(HELP);
    return 0;
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      world.printError(`${error.message} (see "help")`);
      return 2;
    }
    // The operator has to fix failures of AWS and of the disk; our stack would not help.
    world.printError(error instanceof DeployError ? error.message : String(error));
    return 1;
  }
}

type Command = (args: readonly string[], world: CommandWorld) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async serve(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { model: { type: "string" }, host: { type: "string" }, port: { type: "string" } },
    });
    // Only this command loads a model runtime.
    const { runServer } = await import("./run-server.js");
    await runServer(values);
    return 0;
  },

  async pack(args, { print, scriptFolder }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        model: { type: "string" },
        out: { type: "string" },
        script: { type: "boolean", default: false },
      },
    });
    if (values.model === undefined) throw new UsageError("Expected --model FOLDER.");
    const packed = await packModel({
      model: values.model,
      out: values.out,
      script: values.script ? scriptFolder : undefined,
    });
    for (const name of packed.files) print(`  ${name}`);
    print(`${packed.file}: ${packed.bytes} bytes, sha256 ${packed.sha256}`);
    return 0;
  },

  async deploy(args, world) {
    const options = readDeployOptions(args);
    await deploy(connectAws(options), options, runOptions(world));
    return 0;
  },

  async status(args, { print }) {
    const { name, ...aws } = readTarget(args);
    const status = await readStatus(connectAws(aws), name);
    print(JSON.stringify({ ...status, status: status.status ?? "none" }, undefined, 2));
    return status.status === "InService" ? 0 : 1;
  },

  async delete(args, world) {
    const { name, ...aws } = readTarget(args);
    await deleteDeployment(connectAws(aws), name, runOptions(world));
    return 0;
  },
};

function readTarget(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: { name: { type: "string" }, region: { type: "string" }, profile: { type: "string" } },
  });
  return { ...values, name: readName(values.name) };
}

function runOptions({ print, pollMs, signal }: CommandWorld): RunOptions {
  return { report: print, pollMs, signal };
}

/** Whether node:util's parseArgs threw for an unknown flag. Checks the code, because the class may be of another realm. */
function isParseError(error: unknown): error is Error {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}
