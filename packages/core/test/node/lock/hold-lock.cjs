/**
 * Takes a lock and adds one to a counter's file, `node hold-lock.cjs DIST LOCK COUNTER TIMES`; or, with TIMES "hold", takes it, prints
 * "held" and keeps it.
 */
const { readFileSync, writeFileSync } = require("node:fs");
const { setTimeout: delay } = require("node:timers/promises");

const [dist, lock, counter, times] = process.argv.slice(2);
const { withFileLock } = require(dist);

(async () => {
  if (times === "hold") {
    await withFileLock(lock, {}, async () => {
      process.stdout.write("held");
      await delay(60_000);
    });
  }
  for (let i = 0; i < Number(times); i++) {
    await withFileLock(lock, {}, async () => {
      const count = Number(readFileSync(counter, "utf8"));
      await delay(1);
      writeFileSync(counter, String(count + 1));
    });
  }
})();
