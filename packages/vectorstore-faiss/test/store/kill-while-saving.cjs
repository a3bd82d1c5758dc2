/**
 * Saves a store and kills itself in the middle: `node kill-while-saving.cjs DIST DIRECTORY LAYOUT POINT TEXT`.
 * POINT counts operations of the file system (opens, writes, flushes, renames, removals). The process dies by SIGKILL right
 * before that operation; a write is cut in the middle. Prints "saved" if the save needed fewer operations.
 */
const fs = require("node:fs/promises");

const [dist, directory, layout, point, text] = process.argv.slice(2);
let left = Number(point);

/** Makes every call of `object[name]` a point at which the process may die. */
function mine(object, name, before = () => undefined) {
  const original = object[name];
  object[name] = function (...args) {
    if (left-- === 0) {
      before.call(this, original, args);
      process.kill(process.pid, "SIGKILL");
    }
    return original.apply(this, args);
  };
}

for (const name of ["rename", "rm", "mkdir", "writeFile"]) mine(fs, name);
mine(fs, "open");
const open = fs.open;
fs.open = async (...args) => {
  const handle = await open(...args);
  const prototype = Object.getPrototypeOf(handle);
  if (!prototype.mined) {
    Object.defineProperty(prototype, "mined", { value: true });
    mine(prototype, "sync");
    // Half of the bytes reach the file before the process dies.
    mine(prototype, "write", function (_original, [chunk]) {
      require("node:fs").writeSync(this.fd, chunk, 0, Math.floor(chunk.length / 2));
    });
  }
  return handle;
};

const { FaissStore } = require(dist);
const embeddings = {
  embedDocuments: async (texts) => texts.map(() => [1, 2, 3]),
  embedQuery: async () => [1, 2, 3],
};

(async () => {
  const texts = Array.from({ length: 3 }, (_, i) => `${text} ${i}`);
  const store = await FaissStore.fromTexts(texts, {}, embeddings);
  if (layout === "python") await store.saveForPython(directory);
  else await store.save(directory);
  process.stdout.write("saved");
})();
