/**
 * Compiles the kernels and embeds them as base64 in src/kernels/generated/wasm-bytes.ts (not in git). A package with its WASM as text
 * works in every bundler, in ESM, in CommonJS and in browsers.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL(".", import.meta.url));
const OPTIONS = ["--runtime=stub", "--importMemory", "--enable=simd", "-O3", "--converge", "--noAssert"];

let bytes;
const { error, stderr } = await asc.main(
  ["index.ts", "--baseDir", folder, "--outFile=kernels.wasm", ...OPTIONS],
  {
    writeFile: (_name, contents) => {
      bytes = contents;
    },
  },
);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
const target = new URL("../src/kernels/generated/", import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(
  new URL("wasm-bytes.ts", target),
  `// Made by assembly/build.mjs from assembly/index.ts. Do not edit.
/** The kernels, base64. */
export const WASM_BYTES: string =
  "${Buffer.from(bytes).toString("base64")}";
`,
);
console.log(`kernels: ${bytes.length} bytes of WASM`);
