import type { FileSet } from "../../../src/node/file-set/file-set.js";
import { memberPaths } from "../../../src/node/file-set/member-paths.js";
import { saveFileSet } from "../../../src/node/file-set/save-file-set.js";
import type { Files } from "../../../src/node/files/files.js";
import { FileLockLostError } from "../../../src/node/lock/file-lock-lost-error.js";
import { FileLockedError } from "../../../src/node/lock/file-locked-error.js";
import { holdLock } from "../../../src/node/lock/hold-lock.js";
import type { Forget, Turn, World } from "./explore-all.js";
import { FolderModel, type ModelFile, modelFiles } from "./folder-model.js";

const LOCK = "locks/lock";

export interface SavingWorldOptions {
  readonly savers: readonly string[];
  readonly readers?: number;
  /** Whether savers take locks; without, only the file set's own order protects it. @default true */
  readonly locks?: boolean;
  /** The folder at the start: a whole store, or one whose member was not renamed before its saver died. @default "whole" */
  readonly start?: "whole" | "unfinished";
}

/**
 * Savers and readers of one set. They run the same code as on real folders. A saver treats every lock of another saver as dead and
 * takes it over at any moment: the worst case of wrong clocks, containers and paused processes.
 */
export function savingWorld({
  savers,
  readers = 0,
  locks = true,
  start = "whole",
}: SavingWorldOptions): World {
  const folder = startingFolder(start);
  const history: History = { lockings: [], commits: [] };
  const ids = new Ids();
  return {
    processes: [
      ...savers.map(
        (name) => (turn: Turn, forget: Forget) => save(name, folder, turn, forget, { ids, history, locks }),
      ),
      ...Array.from({ length: readers }, () => (turn: Turn, forget: Forget) => read(folder, turn, forget)),
    ],
    anonymous: (text) => ids.anonymous(text),
    state: () => {
      const entries = [...folder.entries].map(
        ([path, entry]) => `${path}=${entry.kind === "file" ? entry.file.content : "folder"}`,
      );
      const names = entries.map((text) => ids.anonymous(text)).sort();
      return `${names}|${history.lockings}|${history.commits}`;
    },
    async check() {
      checkOrder(history);
      const left = folder.clone();
      await read(left, now, () => {});
      await save("last", left, now, () => {}, {
        ids: new Ids(),
        history: { lockings: [], commits: [] },
        locks,
      });
      const names = left
        .list(".")
        .filter((name) => name !== "locks")
        .sort();
      const contents = names.map((name) => left.open(name)?.content);
      if (names.join() !== "head,member" || contents.join() !== "last,last") {
        throw new Error(`the next save left ${names} with ${contents}`);
      }
    },
  };
}

/** Savers in the order in which they took the lock, and in that of their commits. */
interface History {
  readonly lockings: string[];
  readonly commits: string[];
}

/** Replaces random ids by their owner and kind (lock or save). */
class Ids {
  readonly #names = new Map<string, string>();

  made(path: string, saver: string): void {
    for (const id of path.match(ID) ?? []) {
      if (!this.#names.has(id)) this.#names.set(id, `${saver}-${path.startsWith(LOCK) ? "lock" : "save"}`);
    }
  }

  anonymous(text: string): string {
    return text.replaceAll(ID, (id) => this.#names.get(id)!);
  }
}

const ID = /[0-9a-f]{16}-\d+-\d*-[0-9a-f]{12}/g;

function startingFolder(start: "whole" | "unfinished"): FolderModel {
  const folder = new FolderModel();
  folder.makeFolder("locks");
  folder.create("head").content = "start";
  folder.create("member").content = start === "whole" ? "start" : "older";
  if (start === "unfinished") folder.create("member.next").content = "start";
  return folder;
}

/** A turn without other processes. */
const now: Turn = async (step) => step();

/** Saves a set whose head and member contain the saver's name. */
async function save(
  name: string,
  folder: FolderModel,
  turn: Turn,
  forget: Forget,
  { ids, history, locks }: { ids: Ids; history: History; locks: boolean },
): Promise<void> {
  const inTurn = modelFiles(folder, turn);
  const alone = modelFiles(folder, now);
  const files: Files<ModelFile> = {
    ...inTurn,
    create(path) {
      ids.made(path, name);
      // Nobody reads the folder of a lock before it has its name, nor looks for folders with names of the set.
      return path.startsWith(LOCK) ? alone.create(path) : inTurn.create(path);
    },
    makeFolder(path) {
      ids.made(path, name);
      return alone.makeFolder(path);
    },
    list: (path) => (path === "locks" ? alone.list(path) : inTurn.list(path)),
    inspect: (path) => (path === "head" || path === "member" ? alone.inspect(path) : inTurn.inspect(path)),
    rename: (from, to) =>
      turn(() => {
        folder.rename(from, to);
        if (to === LOCK) history.lockings.push(name);
        if (to === "head") history.commits.push(name);
      }),
  };
  const set: FileSet = {
    folder: ".",
    head: "head",
    members: ["member"],
    async isNamed(_member, path) {
      const head = await turn(() => folder.open("head")?.content);
      // What is in a file under a temporary name does not change.
      return folder.open(path)?.content === head;
    },
  };
  const commit = (check: () => Promise<void>) =>
    saveFileSet(
      set,
      LOCK,
      { check },
      async ({ head, members: [member] }) => {
        head.content = name;
        member!.content = name;
        forget("written");
        return () => turn(() => folder.open("head")?.content === name);
      },
      files,
    );
  try {
    if (!locks) return await commit(async () => undefined);
    const dependencies = {
      files,
      judge: () => "dead" as const,
      pause: async () => undefined,
      keepTouching: () => () => undefined,
    };
    await holdLock(LOCK, { whenHeld: "throw" }, dependencies, ({ check }) => commit(check));
  } catch (error) {
    if (!(error instanceof FileLockedError || error instanceof FileLockLostError)) throw error;
  }
}

/** Reads a set as `openStore` does. @throws Error unless head and member are of one save */
async function read(folder: FolderModel, turn: Turn, forget: Forget): Promise<void> {
  // Readers ignore the names of heads.
  const list = (path: string) => turn(() => folder.list(path).filter((name) => name.startsWith("member")));
  for (;;) {
    forget("looks at the head");
    const head = await turn(() => folder.open("head")?.content);
    const isNamed = (path: string) => turn(() => folder.open(path)?.content === head);
    for (const path of await memberPaths(".", "member", { list })) if (await isNamed(path)) return;
    if (await isNamed("head")) throw new Error(`the member of "${head}" is lost`);
  }
}

/** A saver that lost its lock must not replace what a later saver saved. */
function checkOrder({ lockings, commits }: History): void {
  if (lockings.length === 0) return;
  const places = commits.map((name) => lockings.indexOf(name));
  for (let i = 1; i < places.length; i++) {
    if (places[i]! < places[i - 1]!)
      throw new Error(`committed in the order ${commits}, locked in ${lockings}`);
  }
}
