import { readFile } from "node:fs/promises";
import { dirname, extname, join, sep } from "node:path";
import type { Finding } from "./contract/finding.js";
import { isMixed, type SourceTree } from "./files/list-sources.js";
import { readSource } from "./files/read-source.js";
import { migrateManifest } from "./manifest/migrate-manifest.js";
import { newPackages } from "./manifest/new-packages.js";
import { mentionedModules, migrateText } from "./migrate-text.js";

/** A file with its old and its new text. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A planned migration. Nothing has been written. */
export interface Migration {
  readonly changed: readonly ChangedFile[];
  /** Places that a person has to decide on or check. */
  readonly findings: readonly (Finding & { readonly path: string })[];
  /** Files that matter and could not be read or parsed. */
  readonly problems: readonly (Finding & { readonly path: string })[];
  /** Packages to install for programs whose package.json is not among the files. */
  readonly toInstall: readonly string[];
}

/** A program after migration. */
interface Program {
  readonly path: string;
  readonly text: string;
  /** Modules from which something has moved. */
  readonly left: readonly string[];
}

/** Migrates the files of some trees, in memory. */
export async function migrateTree(trees: readonly SourceTree[], signal: AbortSignal): Promise<Migration> {
  const changed: ChangedFile[] = [];
  const findings: (Finding & { path: string })[] = [];
  const problems: (Finding & { path: string })[] = [];
  const programs: Program[] = [];
  const types = new Map<string, Promise<boolean>>();
  for (const path of unique(trees.flatMap(({ files }) => files))) {
    signal.throwIfAborted();
    const source = await readSource(path);
    if (source === undefined) continue;
    if ("problem" in source) {
      const modules = mentionedModules(source.searchable);
      programs.push({ path, text: source.searchable, left: [] });
      const isRelevant = modules.length > 0 || source.searchable === "";
      if (isRelevant) problems.push({ path, line: 1, message: source.problem });
      continue;
    }
    const { text } = source;
    const modules = mentionedModules(text);
    if (modules.length === 0 || isMixed(path)) {
      programs.push({ path, text, left: [] });
      for (const module of modules)
        findings.push({
          path,
          line: lineOf(text, module),
          message: `${module} stays: files of this kind are not rewritten`,
        });
      continue;
    }
    const migrated = migrateText({ path, text, allowsTopLevelAwait: await isModule(path, types) });
    if (migrated.syntaxError !== undefined) problems.push({ path, ...migrated.syntaxError });
    findings.push(...migrated.findings.map((finding) => ({ path, ...finding })));
    if (migrated.text !== text) changed.push({ path, before: text, after: migrated.text });
    programs.push({ path, text: migrated.text, left: migrated.left });
  }
  const toInstall = new Set<string>();
  const manifests = unique(trees.flatMap((tree) => tree.manifests));
  const folders = new Map<string, Program[]>(manifests.map((path) => [dirname(path), []]));
  for (const program of programs) {
    const folder = nearest(dirname(program.path), folders);
    if (folder !== undefined) folders.get(folder)?.push(program);
    else if (program.left.length > 0) {
      for (const name of newPackages(program.text).keys()) toInstall.add(name);
    }
  }
  for (const path of manifests) {
    signal.throwIfAborted();
    const own = folders.get(dirname(path)) ?? [];
    const left = unique(own.flatMap((program) => program.left));
    if (left.length === 0) continue;
    const source = await readSource(path);
    if (source === undefined || "problem" in source) {
      problems.push({ path, line: 1, message: source?.problem ?? "it is not a text" });
      continue;
    }
    const below = programs.filter((program) => isWithin(program.path, dirname(path)));
    const migrated = migrateManifest({
      text: source.text,
      programs: own.map(({ text }) => text),
      below: below.map(({ text }) => text),
      left,
      isComplete: trees.some(({ folder }) => folder !== undefined && isWithin(path, folder)),
    });
    if (migrated.syntaxError !== undefined) problems.push({ path, ...migrated.syntaxError });
    findings.push(...migrated.findings.map((finding) => ({ path, ...finding })));
    if (migrated.text !== source.text) changed.push({ path, before: source.text, after: migrated.text });
  }
  return { changed, findings, problems, toInstall: [...toInstall].sort() };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function lineOf(text: string, module: string): number {
  return text.slice(0, text.indexOf(module)).split("\n").length;
}

/** Finds the nearest parent folder that is among these. */
function nearest(folder: string, among: ReadonlyMap<string, unknown>): string | undefined {
  if (among.has(folder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above, among);
}

/** Whether a file is certainly an ES module, by its ending or the nearest package.json. */
async function isModule(path: string, known: Map<string, Promise<boolean>>): Promise<boolean> {
  const ending = extname(path);
  if (ending === ".mjs" || ending === ".mts") return true;
  if (ending === ".cjs" || ending === ".cts") return false;
  return hasModuleType(dirname(path), known);
}

function hasModuleType(folder: string, known: Map<string, Promise<boolean>>): Promise<boolean> {
  const found = known.get(folder);
  if (found !== undefined) return found;
  const answer = readFile(join(folder, "package.json"), "utf8").then(
    (text) => {
      try {
        return (JSON.parse(text) as { type?: unknown } | null)?.type === "module";
      } catch {
        return false;
      }
    },
    () => (dirname(folder) === folder ? false : hasModuleType(dirname(folder), known)),
  );
  known.set(folder, answer);
  return answer;
}
