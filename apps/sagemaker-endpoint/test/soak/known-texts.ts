import { loadCrossEncoder } from "@secondpass/hf-runtime";

/** A query and texts with known scores. */
export interface KnownTexts {
  readonly query: string;
  readonly texts: readonly string[];
  /** [texts] logits of a model in this process. */
  readonly logits: readonly number[];
}

/** Largest difference between a pair's logit alone and in a batch: float32's rounding. */
export const SAME_LOGIT = 1e-4;

const QUERY = "how tall is the mountain?";

/** Scores texts of all lengths with a model of this process, one by one. */
export async function knownTexts(model: string): Promise<KnownTexts> {
  const texts = Array.from({ length: 60 }, (_, index) =>
    `Passage ${index}: ${["the mountain is high ", "la montaña ", "高い山 ", "a lake "][index % 4]?.repeat((index * 7) % 90)}`.trim(),
  );
  const crossEncoder = await loadCrossEncoder({ model, threads: 1 });
  try {
    const logits: number[] = [];
    for (const text of texts) logits.push((await crossEncoder.logits([[QUERY, text]]))[0]?.[0] ?? Number.NaN);
    return { query: QUERY, texts, logits };
  } finally {
    await crossEncoder.dispose();
  }
}
