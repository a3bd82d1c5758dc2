import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { join } from "node:path";

/**
 * onnxruntime-node, resolved from this package. The code is written so that @vercel/nft, which collects the files of a deployment for Next.js and Vercel,
 * finds the dependency in ES modules and in CommonJS: it looks for `module.createRequire` and a literal name. webpack, which cannot bundle a native module,
 * does not find it: it recognises `createRequire` only as a named import.
 */
export function ownOnnxRuntime(module = nodeModule): typeof import("onnxruntime-node") {
  // This call is only for bundlers; its value is not used.
  existsSync(nativeFolder());
  const load = module.createRequire(import.meta.url);
  // Used twice, so that a minifier keeps the variable: the tools look for calls of it.
  load.resolve("onnxruntime-node");
  return load("onnxruntime-node");
}

/**
 * Where package managers put the native part of onnxruntime-node. Turbopack, the bundler of Next.js, follows this path; otherwise it would leave out the
 * library that the native module loads. @vercel/nft finds that library by itself, and would include those of all systems if it followed this path. It does
 * not follow `??`.
 */
function nativeFolder(): string {
  const folder = "../../../onnxruntime-node/bin/napi-v6";
  return join(import.meta.dirname ?? ".", folder, process.platform, process.arch);
}
