import { extname } from "node:path";
import { Project, type SourceFile, ts } from "ts-morph";

const KINDS: Readonly<Record<string, string>> = { ".js": ".jsx", ".mjs": ".jsx", ".cjs": ".jsx" };

/** A parsed file. The files that it imports are not read. */
export interface OpenedSourceFile {
  readonly file: SourceFile;
  /** The first line that cannot be parsed, and why. */
  readonly syntaxError?: { readonly line: number; readonly message: string };
}

/** Parses a program. JavaScript files may contain JSX, as bundlers accept it. */
export function openSourceFile(path: string, text: string): OpenedSourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, noLib: true, noResolve: true, jsx: ts.JsxEmit.Preserve },
  });
  const ending = extname(path);
  const file = project.createSourceFile(`/file${KINDS[ending] ?? ending}`, text);
  const [error] = project.getProgram().compilerObject.getSyntacticDiagnostics(file.compilerNode);
  if (error === undefined) return { file };
  const { line } = ts.getLineAndCharacterOfPosition(file.compilerNode, error.start);
  return {
    file,
    syntaxError: { line: line + 1, message: ts.flattenDiagnosticMessageText(error.messageText, " ") },
  };
}
