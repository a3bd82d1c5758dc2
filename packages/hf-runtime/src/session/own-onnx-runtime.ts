import * as nodeModule from "node:module";

/**
 * onnxruntime-node as this package itself finds it. The words are those from which @vercel/nft, which collects the files of a deployment for Next.js and
 * Vercel, sees in ES modules and in CommonJS that it is needed: `module.createRequire`, and a literal name. webpack, which cannot bundle a native module,
 * does not follow them: it knows `createRequire` only as a named import.
 */
export function ownOnnxRuntime(module = nodeModule): typeof import("onnxruntime-node") {
  const load = module.createRequire(import.meta.url);
  // Used twice, so that a bundler keeps the variable, by whose calls the tools go.
  load.resolve("onnxruntime-node");
  return load("onnxruntime-node");
}
