import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";

const PACKAGES = join(__dirname, "../../..");

/** Programs that the compiler has checked. */
export interface CheckedPrograms {
  /** Returns errors in a file's syntax and types, without places. */
  messagesOf(file: string): string[];
  /** Writes a file as JavaScript into `out` of the folder. */
  emit(file: string): void;
}

/** A folder whose programs can import all built packages of this repository. */
export class ProgramFolder {
  readonly path = mkdtempSync(join(tmpdir(), "secondpass-programs-"));

  /** @param others other packages or scopes that one of ours has installed, such as "@types/node" */
  constructor(others: readonly string[]) {
    const packages = readdirSync(PACKAGES).filter((name) => existsSync(join(PACKAGES, name, "dist")));
    for (const name of packages) this.link(join(PACKAGES, name), `@secondpass/${name}`);
    for (const other of others) {
      const user = packages.find((name) => existsSync(join(PACKAGES, name, "node_modules", other)));
      if (user === undefined) throw new Error(`No package has ${other} installed.`);
      this.link(join(PACKAGES, user, "node_modules", other), other);
    }
  }

  /** Makes a package from elsewhere importable. */
  link(target: string, name: string): void {
    const path = join(this.path, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, "junction");
  }

  /** Writes a program. @returns the file's path */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    return file;
  }

  /** Type-checks files strictly, against the published types. */
  check(files: readonly string[], options: ts.CompilerOptions): CheckedPrograms {
    const program = ts.createProgram(files, {
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
      strict: true,
      skipLibCheck: true,
      outDir: join(this.path, "out"),
      types: ["node"],
      typeRoots: [join(this.path, "node_modules/@types")],
      ...options,
    });
    return {
      messagesOf(file) {
        const source = program.getSourceFile(file);
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
          ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "),
        );
      },
      emit: (file) => void program.emit(program.getSourceFile(file)),
    };
  }

  dispose(): void {
    rmSync(this.path, { recursive: true });
  }
}
