import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = "@secondpass/mini-models";
const MODELS = ["embedder", "reranker"] as const;

/** Folder of the small embedding model, in Hugging Face repository layout. Give it to `HuggingFaceEmbeddings` as `model`. */
export const EMBEDDER_PATH: string = modelFolder("embedder");

/** Folder of the small cross-encoder, in Hugging Face repository layout. Give it to `HuggingFaceCrossEncoder` as `model`. */
export const RERANKER_PATH: string = modelFolder("reranker");

/**
 * The folder of a model: next to this file or, if a bundler moved this code, in the package as the program or the working folder resolves it.
 * If a deployment has only the other model, this returns the path where the missing one would be; loading it then fails.
 * @throws Error if both models are missing
 */
function modelFolder(name: (typeof MODELS)[number]): string {
  for (const isThere of [hasFiles, hasSibling]) {
    for (const find of [besideThisFile, installedForProgram, installedForWorkingFolder]) {
      try {
        const folder = find(name);
        if (isThere(folder)) return folder;
      } catch {
        // Bundlers leave import.meta empty; the program may have no folder of packages.
      }
    }
  }
  throw new Error(
    `Cannot find the files of ${PACKAGE}: a bundler has left them out. Keep ${PACKAGE} external, and install it next to the bundle.`,
  );
}

function hasFiles(folder: string): boolean {
  return existsSync(join(folder, "config.json"));
}

function hasSibling(folder: string): boolean {
  return MODELS.some((name) => hasFiles(join(dirname(folder), name)));
}

/**
 * The folder of a model next to this file. One expression in a separate function, so that tools that collect the files of a deployment find the
 * models. @vercel/nft knows `import.meta.dirname`, which Turbopack leaves undefined, and follows `||` but not `??`. Turbopack resolves "." from
 * this file's folder; at run time "." is never used.
 */
function besideThisFile(name: string): string {
  return join(import.meta.dirname || folderOfThisFile() || ".", "../models", name);
}

/** @throws TypeError if a bundler has left import.meta empty */
function folderOfThisFile(): string {
  return dirname(fileURLToPath(import.meta.url));
}

function installedForProgram(name: string): string {
  return installedFor(process.argv[1] ?? "", name);
}

function installedForWorkingFolder(name: string): string {
  return installedFor(join(process.cwd(), "package.json"), name);
}

/** The folder of a model in an installed package. Uses `createRequire` of the namespace: calls of a named import are resolved by webpack, to a module number. */
function installedFor(anchor: string, name: string): string {
  return join(dirname(nodeModule.createRequire(anchor).resolve(`${PACKAGE}/package.json`)), "models", name);
}
