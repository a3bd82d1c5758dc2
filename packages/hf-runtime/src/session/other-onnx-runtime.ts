import { readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { onnxRuntimePath, requireFrom } from "./onnx-runtime-path.js";

/** The native part of any copy: its binding for Node, or the library that it loads. */
const NATIVE_PART = /onnxruntime(_binding\.node$|\.so|[\w.]*\.dylib$|\.dll$)/;

/**
 * Path of another copy of onnxruntime than `own` that is loaded in this process, in whichever thread; undefined if there is none. Two
 * versions cannot be in one process: the second one finds the library of the first by its name, without the functions that it needs.
 *
 * @param own entry of ours
 * @param loaded files that may be native parts
 */
export function otherOnnxRuntime(
  own: string | undefined = ownEntry(),
  loaded: readonly string[] = [...mappedFiles(), ...loadedModules()],
): string | undefined {
  if (own === undefined) return undefined;
  const folder = packageFolder(own);
  return loaded.find((path) => NATIVE_PART.test(path) && !path.startsWith(folder));
}

function ownEntry(): string | undefined {
  try {
    return realpathSync(onnxRuntimePath());
  } catch {
    // Opening the session will say that there is none.
    return undefined;
  }
}

/** "…/onnxruntime-node/" for a file in it. */
function packageFolder(path: string): string {
  const name = `${sep}onnxruntime-node${sep}`;
  return path.slice(0, path.lastIndexOf(name) + name.length);
}

/** Linux tells all files that a process has mapped. */
function mappedFiles(): string[] {
  if (process.platform !== "linux") return [];
  try {
    const lines = readFileSync("/proc/self/maps", "utf8").split("\n");
    return lines.filter((line) => line.includes("/")).map((line) => line.slice(line.indexOf("/")));
  } catch {
    return [];
  }
}

/** Modules of this thread, of CommonJS, as native ones are. */
function loadedModules(): string[] {
  return Object.keys(requireFrom(join(process.cwd(), "package.json")).cache ?? {});
}
