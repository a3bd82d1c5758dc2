import { createRequire } from "node:module";

/**
 * onnxruntime-node as this package itself finds it. Written in words from which the tools that collect the files of a deployment (@vercel/nft, which Next.js and
 * Vercel use) see that it is needed: an import named `createRequire`, and a literal name.
 */
export function ownOnnxRuntime(): typeof import("onnxruntime-node") {
  const load = createRequire(import.meta.url);
  // Used twice, so that a bundler keeps the variable, by whose calls the tools go.
  load.resolve("onnxruntime-node");
  return load("onnxruntime-node");
}
