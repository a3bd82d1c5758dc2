import * as nodeModule from "node:module";
import { join } from "node:path";
import { OnnxRuntimeMissingError } from "../errors/onnx-runtime-missing-error.js";
import { mainCreateRequire } from "./main-create-require.js";

/** Node's `createRequire`; the main realm's if available. */
export const requireFrom = mainCreateRequire ?? nodeModule.createRequire;

const PACKAGE = "onnxruntime-node";

/**
 * Absolute path of onnxruntime-node's entry, so that a worker whose code is not a file can require it.
 * It is resolved from this package, then (if a bundler has moved this code) from the program and the working folder.
 * @throws OnnxRuntimeMissingError if none of them finds it
 */
export function onnxRuntimePath(anchors: readonly (string | undefined)[] = defaultAnchors()): string {
  for (const anchor of anchors) {
    if (!anchor) continue;
    try {
      return requireFrom(anchor).resolve(PACKAGE);
    } catch {
      // Try the next place.
    }
  }
  throw new OnnxRuntimeMissingError(anchors.filter((anchor) => anchor !== undefined));
}

function defaultAnchors(): (string | undefined)[] {
  // Bundlers that write CommonJS leave import.meta.url undefined.
  const here: string | undefined = import.meta.url;
  return [here, process.argv[1], join(process.cwd(), "package.json")];
}
