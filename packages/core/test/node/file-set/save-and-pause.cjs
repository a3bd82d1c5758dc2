/** Saves a set and pauses itself in the middle: `node save-and-pause.cjs DIST FOLDER`. Prints the error's name, or "saved". */
const { readFile } = require("node:fs/promises");
const { join } = require("node:path");

const [dist, folder] = process.argv.slice(2);
const { saveFileSet, withFileLock } = require(dist);

const lock = join(folder, "lock");
const read = (path) => readFile(path, "utf8").catch(() => undefined);
const set = {
  folder,
  head: "head",
  members: ["member"],
  isNamed: async (_member, path) => (await read(path)) === (await read(join(folder, "head"))),
};

withFileLock(lock, {}, (lease) =>
  saveFileSet(set, lock, lease, async ({ head, members: [member] }) => {
    await head.writeFile("late");
    await member.writeFile("late");
    process.stdout.write("stopping\n");
    process.kill(process.pid, "SIGSTOP");
    return async () => (await read(join(folder, "head"))) === "late";
  }),
).then(
  () => process.stdout.write("saved\n"),
  (error) => process.stdout.write(`${error.name}\n`),
);
