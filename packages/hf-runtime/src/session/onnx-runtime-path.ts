import * as nodeModule from "node:module";
import { join } from "node:path";
import { OnnxRuntimeMissingError } from "../errors/onnx-runtime-missing-error.js";
import { mainCreateRequire } from "./main-create-require.js";

/** Node's `createRequire`, the main realm's where there is one. */
export const requireFrom = mainCreateRequire ?? nodeModule.createRequire;

const PACKAGE = "onnxruntime-node";

/**
 * Absolute path of onnxruntime-node's entry, so that a worker that has no module can require it.
 * Looked for from this package, then (when a bundler moved this code) from the program and the working folder.
 * @throws OnnxRuntimeMissingError when it is in none of them
 */
export function onnxRuntimePath(anchors: readonly (string | undefined)[] = defaultAnchors()): string {
  for (const anchor of anchors) {
    if (!anchor) continue;
    try {
      return requireFrom(anchor).resolve(PACKAGE);
    } catch {
      // The next place may have it.
    }
  }
  throw new OnnxRuntimeMissingError(anchors.filter((anchor) => anchor !== undefined));
}

function defaultAnchors(): (string | undefined)[] {
  // Bundlers that write CommonJS leave import.meta.url undefined.
  const here: string | undefined = import.meta.url;
  return [here, process.argv[1], join(process.cwd(), "package.json")];
}
