import { relative, sep } from "node:path";
import type { World } from "../contract/world.js";
import { CommandError } from "../errors/command-error.js";
import { interruptible } from "../terminal/interruptible.js";
import { type Style, styleOf } from "../terminal/style.js";
import { visibleText } from "../terminal/visible-text.js";
import type { Finding } from "./contract/finding.js";
import { listSources, type SourceTree } from "./files/list-sources.js";
import { type Migration, migrateTree } from "./migrate-tree.js";
import { unifiedDiff } from "./unified-diff.js";
import { writeFiles } from "./write-files.js";

/** The values of the options of `migrate`. */
export interface MigrateValues {
  readonly write: boolean;
  readonly force: boolean;
}

/**
 * Shows how programs that use LangChain's packages would change to use ours or, with `write`, changes them.
 * @returns the exit code: 1 if a file that names one of these packages could not be read or parsed
 */
export async function runMigrate(
  { write, force }: MigrateValues,
  operands: readonly string[],
  world: World,
): Promise<number> {
  // Until something is written, leave Ctrl-C to the system, which ends the process even while a large file is parsed.
  const signal = world.signal ?? new AbortController().signal;
  const trees: SourceTree[] = [];
  for (const path of operands.length > 0 ? operands : ["."]) trees.push(await listSources(path, signal));
  if (write && !force) for (const tree of trees) checkCanBeUndone(tree);
  const migration = await migrateTree(trees, signal);
  showDiff(migration, world);
  showFindings(migration, world);
  if (write) await interruptible(world, () => writeFiles(migration.changed));
  world.stderr.write(`${summary(migration, write)}\n`);
  return migration.problems.length > 0 ? 1 : 0;
}

/** Checks that git can undo the changes. @throws {CommandError} if it cannot */
function checkCanBeUndone({ given, isInGit, isClean }: SourceTree): void {
  if (!isInGit)
    throw new CommandError(
      `${given} is not in a git repository, so that nothing could undo the changes. To write them all the same, add --force.`,
    );
  if (!isClean)
    throw new CommandError(
      `${given} has uncommitted changes, which would be mixed with those of the migration. Commit or stash them, or add --force.`,
    );
}

function showDiff({ changed }: Migration, { stdout, env }: World): void {
  const style = styleOf(stdout, env);
  for (const { path, before, after } of changed) {
    const diff = unifiedDiff(fromHere(path), before, after);
    stdout.write(stdout.isTTY ? coloured(diff, style) : diff);
  }
}

function coloured(diff: string, style: Style): string {
  const paint = (line: string) => {
    if (/^(?:---|\+\+\+) /.test(line)) return style.bold(line);
    if (line.startsWith("+")) return style.green(line);
    return line.startsWith("@@") ? style.cyan(line) : style.dim(line);
  };
  return visibleText(diff).split("\n").map(paint).join("\n");
}

function showFindings({ findings, problems, toInstall }: Migration, { stderr }: World): void {
  const show = (title: string, found: readonly (Finding & { path: string })[]) => {
    if (found.length === 0) return;
    const lines = found.map(({ path, line, message }) => `  ${fromHere(path)}:${line}: ${message}\n`);
    stderr.write(visibleText(`${title}\n${lines.join("")}`));
  };
  show("To decide and to check:", findings);
  show("Left as they are:", problems);
  if (toInstall.length > 0) stderr.write(`Then: npm install ${toInstall.join(" ")}\n`);
}

function summary({ changed, findings }: Migration, isWritten: boolean): string {
  if (changed.length === 0) return "Nothing to change.";
  const files = changed.length === 1 ? "1 file" : `${changed.length} files`;
  const places = findings.length === 1 ? "1 place" : `${findings.length} places`;
  const rest = findings.length === 0 ? "" : ` ${places} to look at.`;
  if (isWritten) return `Changed ${files}.${rest} Install the packages, and run your tests.`;
  return `${files} would change.${rest} Nothing is written without --write.`;
}

function fromHere(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/");
}
