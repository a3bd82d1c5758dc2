/**
 * A process that writes or reads until it is killed: `node crash-child.cjs TABLE WRITER ID FIRST FOLDER [ERROR…]`. TABLE is a module
 * of writers (see `crash-writer.ts`), FIRST the number of the first version, ERROR the name of an error with which a write may fail, in
 * addition to the writer's `allowedErrors`. Reads commands from standard input, one a line, and
 * answers with lines:
 *
 *   go     writes one version after another: "begin VERSION", then "done VERSION" or "rejected NAME"
 *   once   tries until one version is written: "paused"; fails after two minutes
 *   watch  reads repeatedly
 *   pause  stops writing and reading: "paused"
 *   read   reads once: "read VERSIONS", as JSON
 *
 * Any other failure is "failed MESSAGE".
 */
const { createInterface } = require("node:readline");

const [table, name, id, first, folder, ...allowedErrors] = process.argv.slice(2);
const writer = require(table).CRASH_WRITERS[name];
// Writes to pipes are synchronous, so that no line is lost when the process dies.
const say = (...words) => process.stdout.write(`${words.join(" ").replaceAll("\n", " ")}\n`);

/**
 * Time within which a process must be able to write a version when no other one is writing: a few ms, but much longer if it has to wait
 * until the lock of a killed process in another PID namespace counts as left behind.
 */
const ONCE_MS = 120_000;

let count = Number(first);
let paused = true;
let running = Promise.resolve();

/** @returns whether the version was written */
async function write() {
  const version = `${id}.${count++}`;
  say("begin", version);
  try {
    await writer.write(folder, version);
    say("done", version);
    return true;
  } catch (error) {
    if (![...(writer.allowedErrors ?? []), ...allowedErrors].includes(error.name)) throw error;
    say("rejected", error.name);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return false;
  }
}

function repeat(work) {
  paused = false;
  running = (async () => {
    while (!paused) {
      await work();
      // Let the process read commands.
      await new Promise(setImmediate);
    }
  })().catch(fail);
}

const fail = (error) => say("failed", error.name, error.message ?? error);

const commands = {
  go: () => repeat(write),
  async once() {
    const end = Date.now() + ONCE_MS;
    while (!(await write())) if (Date.now() > end) throw new Error("No version could be written.");
    say("paused");
  },
  watch: () => repeat(() => writer.read(folder)),
  async pause() {
    paused = true;
    await running;
    say("paused");
  },
  read: async () => say("read", JSON.stringify(await writer.read(folder))),
};

createInterface({ input: process.stdin }).on("line", (line) => {
  Promise.resolve(commands[line]()).catch(fail);
});
say("ready");
