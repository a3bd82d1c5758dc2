import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { join } from "node:path";

/**
 * onnxruntime-node as this package itself finds it. The words are those from which @vercel/nft, which collects the files of a deployment for Next.js and
 * Vercel, sees in ES modules and in CommonJS that it is needed: `module.createRequire`, and a literal name. webpack, which cannot bundle a native module,
 * does not follow them: it knows `createRequire` only as a named import.
 */
export function ownOnnxRuntime(module = nodeModule): typeof import("onnxruntime-node") {
  // To be seen, too: its value is of no use.
  existsSync(nativeFolder());
  const load = module.createRequire(import.meta.url);
  // Used twice, so that a bundler keeps the variable, by whose calls the tools go.
  load.resolve("onnxruntime-node");
  return load("onnxruntime-node");
}

/**
 * Where package managers put the native part of onnxruntime-node. Turbopack, with which Next.js builds, follows this path, and would else leave out the
 * library that the native module loads. @vercel/nft, which finds that library by itself and would follow this path to those of all systems, does not
 * follow `??`.
 */
function nativeFolder(): string {
  const folder = "../../../onnxruntime-node/bin/napi-v6";
  return join(import.meta.dirname ?? ".", folder, process.platform, process.arch);
}
