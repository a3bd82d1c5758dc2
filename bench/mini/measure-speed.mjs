import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { quantile } from "../support/quantile.mjs";

const CHARACTERS = 500;
const RUNS = 20;

/** Measures how fast a query's 20 chunks are reranked, and how fast chunks are embedded; every chunk has 500 characters. */
export async function measureSpeed({ embeddings, crossEncoder }) {
  const chunks = chunksOf(400);
  const candidates = chunks.slice(0, 20);
  await crossEncoder.rank(QUERY, candidates);
  await embeddings.embedDocuments(candidates);
  const reranked = await times(RUNS, () => crossEncoder.rank(QUERY, candidates));
  const embedded = await times(5, () => embeddings.embedDocuments(chunks));
  return {
    rerankMs: quantile(reranked, 0.5),
    rerankMsSlow: quantile(reranked, 0.9),
    chunksPerSecond: (chunks.length * 1000) / quantile(embedded, 0.5),
  };
}

export function speedLines({ rerankMs, rerankMsSlow, chunksPerSecond }) {
  return (
    `20 chunks of ${CHARACTERS} characters reranked: ${rerankMs.toFixed(0)} ms (median of ${RUNS}; nine of ten within ` +
    `${rerankMsSlow.toFixed(0)} ms)\nchunks of ${CHARACTERS} characters embedded: ${chunksPerSecond.toFixed(0)} a second\n`
  );
}

function chunksOf(count) {
  const text = makeChunks(count * 3).join(" ");
  return Array.from({ length: count }, (_, i) => text.slice(i * CHARACTERS, (i + 1) * CHARACTERS));
}

async function times(count, work) {
  const milliseconds = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await work();
    milliseconds.push(performance.now() - began);
  }
  return milliseconds;
}
