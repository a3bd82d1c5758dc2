/**
 * Compiles the kernels and embeds them as base64 in src/kernels/generated/wasm-bytes.ts (not in git): a package that
 * carries its WASM as text works in every bundler, in ESM, in CommonJS and in browsers.
 *
 * Two builds of the same source: over ordinary memory, and over shared memory so that worker threads can help.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL(".", import.meta.url));
const OPTIONS = [
  "--runtime=stub",
  "--importMemory",
  "--enable=simd",
  "-O3",
  "--converge",
  "--noAssert",
  // The memory has only JavaScript's data, from this offset on.
  "--memoryBase=1024",
];
const SHARED = ["--enable=threads", "--sharedMemory", "--maximumMemory=65536"];

/** @returns {Promise<string>} the module's bytes, base64 */
async function compile(options) {
  let bytes;
  const { error, stderr } = await asc.main(
    ["index.ts", "--baseDir", folder, "--outFile=kernels.wasm", ...OPTIONS, ...options],
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
  return Buffer.from(bytes).toString("base64");
}

const plain = await compile([]);
const shared = await compile(SHARED);
const target = new URL("../src/kernels/generated/", import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(
  new URL("wasm-bytes.ts", target),
  `// Made by assembly/build.mjs from assembly/*.ts. Do not edit.
/** The kernels over ordinary memory. */
export const PLAIN_WASM: string =
  "${plain}";
/** The kernels over shared memory. */
export const SHARED_WASM: string =
  "${shared}";
`,
);
console.log(`kernels: ${Math.round((plain.length * 3) / 4)} bytes of WASM, twice`);
