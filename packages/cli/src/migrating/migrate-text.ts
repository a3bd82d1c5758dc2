import type { Edit } from "./contract/edit.js";
import type { Finding } from "./contract/finding.js";
import type { Hint } from "./contract/hint.js";
import { mentions } from "./manifest/mentions.js";
import { HINTS } from "./mappings/hints.js";
import { MAPPINGS } from "./mappings/mappings.js";
import { editsInPlace } from "./moves/edits-in-place.js";
import { editsOfWords } from "./moves/edits-of-words.js";
import type { Move } from "./moves/move.js";
import { type MovingDeclaration, moveImports } from "./moves/move-imports.js";
import { type FileSettings, planMove } from "./moves/plan-move.js";
import { isSplittable, splitVariable } from "./moves/split-variable.js";
import { applyEdits } from "./syntax/apply-edits.js";
import { findModuleUses } from "./syntax/find-module-uses.js";
import type { ModuleUse } from "./syntax/module-use.js";
import { openSourceFile } from "./syntax/open-source-file.js";

/** Modules that have mappings or hints. */
const MODULES: ReadonlySet<string> = new Set([...MAPPINGS.keys(), ...HINTS.keys()]);

/** A file, migrated. */
export interface MigratedText {
  /** The new text; the given one if nothing changed. */
  readonly text: string;
  /** Places that a person has to decide on or check, by line of the given text. */
  readonly findings: readonly Finding[];
  /** Modules from which something has moved. */
  readonly left: readonly string[];
  /** Set if the text cannot be parsed; nothing has changed then. */
  readonly syntaxError?: Finding;
}

/** Options of {@link migrateText}. */
export interface MigrateTextOptions {
  /** Path of the file; its ending determines the language. */
  readonly path: string;
  readonly text: string;
  /** Whether the file allows `await` outside of functions. */
  readonly allowsTopLevelAwait: boolean;
}

/** Lists the modules that a text mentions, perhaps only in prose. A quick check that saves parsing most files. */
export function mentionedModules(text: string): string[] {
  return [...MODULES].filter((module) => mentions(text, module));
}

/** Rewrites one program. Everything that is not a use of a moved class stays byte for byte. */
export function migrateText({ path, text, allowsTopLevelAwait }: MigrateTextOptions): MigratedText {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const body = text.slice(mark.length);
  const { file, syntaxError } = openSourceFile(path, body);
  if (syntaxError !== undefined) return { text, findings: [], left: [], syntaxError };
  const findings: Finding[] = [];
  const edits: Edit[] = [];
  const declarations: MovingDeclaration[] = [];
  const left = new Set<string>();
  for (const use of findModuleUses(file, MODULES)) {
    const planned = planUse(use, { file, allowsTopLevelAwait });
    findings.push(...planned.findings);
    const { moves } = planned;
    if (moves.length === 0) continue;
    left.add(use.module);
    edits.push(...moves.flatMap(editsOfWords));
    if (use.form === "import" || use.form === "export") declarations.push({ use, moves });
    else edits.push(...editsOfPlace(use, moves));
  }
  edits.push(...moveImports(file, declarations));
  const changed = applyEdits(body, edits);
  if (changed === undefined) {
    const message = "two changes are inside each other: migrate this file by hand";
    return { text, findings: [...findings, { line: 1, message }], left: [] };
  }
  return { text: mark + changed, findings: distinct(findings), left: [...left] };
}

interface PlannedUse {
  readonly moves: readonly Move[];
  readonly findings: readonly Finding[];
}

/** Plans which names of a place move. */
function planUse(use: ModuleUse, settings: FileSettings): PlannedUse {
  const { module, literal } = use;
  const line = literal.getStartLineNumber();
  const mappings = MAPPINGS.get(module);
  const hints = HINTS.get(module) ?? {};
  const findingsOf = (hint: Hint | undefined, at: number): readonly Finding[] => {
    if (hint === undefined) return [];
    if (typeof hint === "string") return [{ line: at, message: hint }];
    const places = hint(settings.file);
    return places.length > 0 ? places : findingsOf(hints["*"], at);
  };
  if (use.opaque !== undefined && hints["*"] !== undefined)
    return { moves: [], findings: findingsOf(hints["*"], line) };
  if (use.opaque !== undefined)
    return { moves: [], findings: [{ line, message: `${module} stays: ${use.opaque}` }] };
  const moves: Move[] = [];
  const findings: Finding[] = [];
  for (const name of use.names) {
    const mapping = mappings?.get(name.name);
    if (mapping === undefined) {
      const at = (name.binding ?? literal).getStartLineNumber();
      findings.push(...findingsOf(hints[name.name] ?? hints["*"], at));
      continue;
    }
    const planned = planMove(name, use, mapping, settings);
    if ("stays" in planned) {
      findings.push({ ...planned.stays, message: `${name.name} stays: ${planned.stays.message}` });
    } else {
      moves.push(planned.move);
      findings.push(...planned.remarks);
    }
  }
  const isSplit = use.form === "import" || use.form === "export" || isSplittable(use.variable);
  if (isSplit || moves.length === 0 || areTogether(use, moves)) return { moves, findings };
  const message = `${module} stays: its names would go to several places, which this way of importing cannot say`;
  return { moves: [], findings: [{ line, message }] };
}

function areTogether(use: ModuleUse, moves: readonly Move[]): boolean {
  return moves.length === use.names.length && new Set(moves.map(({ to }) => to.module)).size === 1;
}

/** Edits of a place that is not a declaration of imports or exports. */
function editsOfPlace(use: ModuleUse, moves: readonly Move[]): Edit[] {
  const [first] = moves;
  const isWhole =
    areTogether(use, moves) && moves.every(({ needs, isDropped }) => needs.length === 0 && !isDropped);
  if (first !== undefined && isWhole) return editsInPlace(use, moves, first.to.module);
  return isSplittable(use.variable) ? [splitVariable(use, use.variable, moves)] : [];
}

/** Sorts findings by line, and removes duplicates. */
function distinct(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of [...findings].sort((a, b) => a.line - b.line)) {
    if (!first.has(finding.message)) first.set(finding.message, finding);
  }
  return [...first.values()];
}
