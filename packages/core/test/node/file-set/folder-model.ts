import { basename, dirname } from "node:path";
import type { Entry, Files } from "../../../src/node/files/files.js";

/** A file of the model: what was last saved to it. */
export interface ModelFile {
  content: string;
}

type ModelEntry = { readonly kind: "folder" } | { readonly kind: "file"; readonly file: ModelFile };

/** An in-memory folder that behaves as on POSIX: each operation is atomic or fails with the system's code. */
export class FolderModel {
  readonly entries = new Map<string, ModelEntry>();

  clone(): FolderModel {
    const clone = new FolderModel();
    for (const [path, entry] of this.entries) clone.entries.set(path, entry);
    return clone;
  }

  makeFolder(path: string): void {
    if (this.entries.has(path)) throw failure("EEXIST");
    this.entries.set(path, { kind: "folder" });
  }

  create(path: string): ModelFile {
    if (this.entries.has(path)) throw failure("EEXIST");
    if (!isTop(path) && this.entries.get(dirname(path))?.kind !== "folder") throw failure("ENOENT");
    const file = { content: "" };
    this.entries.set(path, { kind: "file", file });
    return file;
  }

  rename(from: string, to: string): void {
    const [source, target] = [this.entries.get(from), this.entries.get(to)];
    if (source === undefined) throw failure("ENOENT");
    if (source.kind === "file" && target?.kind === "folder") throw failure("EISDIR");
    if (source.kind === "folder" && target?.kind === "file") throw failure("ENOTDIR");
    if (source.kind === "folder" && this.list(to).length > 0) throw failure("ENOTEMPTY");
    for (const [path, entry] of [...this.entries]) {
      if (path !== from && dirname(path) !== from) continue;
      this.entries.delete(path);
      this.entries.set(path === from ? to : `${to}/${basename(path)}`, entry);
    }
  }

  removeFile(path: string): void {
    const entry = this.entries.get(path);
    if (entry === undefined) throw failure("ENOENT");
    if (entry.kind === "folder") throw failure("EISDIR");
    this.entries.delete(path);
  }

  removeFolder(path: string): void {
    if (!this.entries.has(path)) throw failure("ENOENT");
    if (this.list(path).length > 0) throw failure("ENOTEMPTY");
    this.entries.delete(path);
  }

  list(folder: string): string[] {
    return [...this.entries.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  }

  inspect(path: string): Entry | undefined {
    const entry = this.entries.get(path);
    return entry && { isFolder: entry.kind === "folder", touchedMs: 0 };
  }

  /** An open file keeps its content when its name goes to another. */
  open(path: string): ModelFile | undefined {
    const entry = this.entries.get(path);
    return entry?.kind === "file" ? entry.file : undefined;
  }
}

/** The model as `Files`, for the code under test; each operation waits for its turn. */
export function modelFiles(model: FolderModel, turn: <T>(step: () => T) => Promise<T>): Files<ModelFile> {
  return {
    makeFolder: (path) => turn(() => model.makeFolder(path)),
    create: (path) => turn(() => model.create(path)),
    // Nobody else sees this, so it takes no turn.
    close: async () => undefined,
    closeDurably: async () => undefined,
    flushFolder: async () => undefined,
    rename: (from, to) => turn(() => model.rename(from, to)),
    removeFile: (path) => turn(() => model.removeFile(path)),
    removeFolder: (path) => turn(() => model.removeFolder(path)),
    list: (folder) => turn(() => model.list(folder)),
    inspect: (path) => turn(() => model.inspect(path)),
    touch: async () => undefined,
  };
}

function isTop(path: string): boolean {
  return dirname(path) === ".";
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: "model" });
}
