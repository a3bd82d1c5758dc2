#!/usr/bin/env node
import { main } from "./main.js";

// A program that stops reading the output, such as `head`, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
// Ignore messages that cannot be written: a full disk under the log must not end a server.
process.stderr.on("error", () => {});
const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env });
