/** Runs edge-pipeline.mjs in Cloudflare's workerd, as a Worker without Node's modules, and searches an index there. */
import esbuild from "esbuild";
import { Miniflare } from "miniflare";

const contents = `
  import { IndexFlatL2 } from "@secondpass/faiss";
  import { edgePipeline } from "./edge-pipeline.mjs";
  // Enough vectors that Node and browsers would search them in WebAssembly, which Workers may not compile.
  const search = async () => {
    const vectors = Float32Array.from({ length: 20_000 * 16 }, (_, i) => Math.sin(i));
    const index = new IndexFlatL2(16);
    await index.add(vectors);
    const { distances, labels } = await index.search(vectors.slice(7 * 16, 8 * 16), 1);
    return [Number(labels[0]), distances[0]];
  };
  export default {
    async fetch() {
      return Response.json({ ...(await edgePipeline()), nearest: await search() });
    },
  };
`;
const { outputFiles } = await esbuild.build({
  stdin: { contents, resolveDir: import.meta.dirname },
  bundle: true,
  format: "esm",
  conditions: ["workerd", "worker", "browser"],
  write: false,
});
const miniflare = new Miniflare({
  modules: true,
  script: outputFiles[0].text,
  compatibilityDate: "2026-07-01",
});
try {
  const response = await miniflare.dispatchFetch("http://localhost/");
  console.log(await response.text());
} finally {
  await miniflare.dispose();
}
