import { readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { onnxRuntimePath, requireFrom } from "./onnx-runtime-path.js";

/** Native files of any copy: its binding for Node, or the library that the binding loads. */
const NATIVE_PART = /onnxruntime(_binding\.node$|\.so|[\w.]*\.dylib$|\.dll$)/;

/**
 * Path of a copy of onnxruntime other than `own` that is loaded in this process, in any thread; undefined if there is none. Two versions
 * cannot be loaded in one process: the second finds the first one's library by its name, and that lacks functions which the second needs.
 *
 * @param own entry of this package's onnxruntime-node
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
    // Opening the session throws for a missing package.
    return undefined;
  }
}

/** "…/onnxruntime-node/" for a file in it. */
function packageFolder(path: string): string {
  const name = `${sep}onnxruntime-node${sep}`;
  return path.slice(0, path.lastIndexOf(name) + name.length);
}

/** Files that this process has mapped into memory; only Linux lists them. */
function mappedFiles(): string[] {
  if (process.platform !== "linux") return [];
  try {
    const lines = readFileSync("/proc/self/maps", "utf8").split("\n");
    return lines.filter((line) => line.includes("/")).map((line) => line.slice(line.indexOf("/")));
  } catch {
    return [];
  }
}

/** Loaded CommonJS modules of this thread. Native modules are among them. */
function loadedModules(): string[] {
  return Object.keys(requireFrom(join(process.cwd(), "package.json")).cache ?? {});
}
