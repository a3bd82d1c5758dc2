import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { appFolder, tarballOf } from "./app-folder.js";

/** The packages that README's first program imports, and the two optional peers that these need. */
function packagesOf(program: string): readonly string[] {
  const imported = [...program.matchAll(/"(@secondpass\/[\w-]+)/g)].map(([, name]) => name!);
  return [...new Set([...imported, "@secondpass/hf-runtime", "@secondpass/vectorstore-faiss"])];
}

/**
 * Writes a user's project with README's first program, and an empty home beside it.
 * @returns the two folders
 */
export function writeUser(folder: string): { readonly project: string; readonly home: string } {
  const [project, home] = [join(folder, "project"), join(folder, "home")];
  for (const each of [project, home]) mkdirSync(each, { recursive: true });
  const names = packagesOf(readFileSync(join(appFolder, "first.mjs"), "utf8"));
  const ours = Object.fromEntries(names.map((name) => [name, `file:${tarballOf(name)}`]));
  const manifest = { private: true, type: "module", dependencies: { "@langchain/core": "^1.0.0", ...ours } };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  cpSync(join(appFolder, "first.mjs"), join(project, "first.mjs"));
  return { project, home };
}
