import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { mistakesFolder } from "../mistakes-folder.js";
import { Fixed, FREE, Open, Optional } from "../wrong-calls.js";
import type { FunctionCalls } from "./function-calls.js";

const folder = join(mistakesFolder, "node");
mkdirSync(folder);
const file = join(folder, "a.txt");
closeSync(openSync(file, "w"));
/** The parts of an open file that are read and written. */
const reader = new Open({ read: async () => ({ bytesRead: 0 }) });
const writer = new Open({ write: async (bytes: Uint8Array) => ({ bytesWritten: bytes.length }) });
const work = async () => undefined;
const fileSet = new Open({ folder, head: "head", members: ["member"], isNamed: async () => false });

export const NODE_FUNCTIONS: FunctionCalls = {
  claimUnfinished: [file, ".part", false],
  fileErrorAdvice: [Object.assign(new Error("full"), { code: "ENOSPC" })],
  flushFolder: [folder],
  isErrorCode: [FREE, "ENOENT"],
  isSystemError: [FREE],
  makeFolders: [folder],
  memberPaths: [folder, "member"],
  openRegularFile: [file],
  openWithoutWaiting: [file],
  readFully: [reader, new Uint8Array(1), 0],
  removeLeftovers: [file],
  replaceAtomically: [file, async () => undefined],
  saveFileSet: [fileSet, join(folder, "lock"), new Open({ check: work }), async () => async () => true],
  settleFileSet: [fileSet, "keep"],
  withFileLock: [join(folder, "lock"), { whenHeld: "wait", isDone: async () => false, staleMs: 1000 }, work],
  writeFileAtomically: [file, new Fixed("text"), new Optional({ durable: false })],
  writeFully: [writer, new Uint8Array(1), new Optional(0)],
};
