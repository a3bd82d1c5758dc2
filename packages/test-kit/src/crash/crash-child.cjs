/**
 * A process that writes or reads until it is killed: `node crash-child.cjs TABLE WRITER ID FIRST FOLDER [REFUSAL…]`. TABLE is a module
 * of writers (`crash-writer.ts` says what they are), FIRST the number of the first version, a REFUSAL the name of an error by which a
 * write may fail, beside the writer's own. Takes commands from standard input, a line each, and
 * answers by lines:
 *
 *   go     writes one version after another: "begin VERSION", then "done VERSION" or "refused NAME"
 *   once   writes until a version is done: "paused"
 *   watch  reads again and again
 *   pause  ends writing and reading: "paused"
 *   read   reads once: "read VERSIONS", as JSON
 *
 * Whatever else happens is "failed MESSAGE".
 */
const { createInterface } = require("node:readline");

const [table, name, id, first, folder, ...refusals] = process.argv.slice(2);
const writer = require(table).CRASH_WRITERS[name];
// Pipes are written to synchronously: what was said has been said when the process dies.
const say = (...words) => process.stdout.write(`${words.join(" ").replaceAll("\n", " ")}\n`);

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
    if (![...(writer.refusals ?? []), ...refusals].includes(error.name)) throw error;
    say("refused", error.name);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return false;
  }
}

function repeat(work) {
  paused = false;
  running = (async () => {
    while (!paused) {
      await work();
      // Not to starve the commands.
      await new Promise(setImmediate);
    }
  })().catch(fail);
}

const fail = (error) => say("failed", error.name, error.message ?? error);

const commands = {
  go: () => repeat(write),
  async once() {
    while (!(await write()));
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
