import { workSlices } from "@secondpass/core";

/** [texts][dimensions] vectors → JSON text of each. Works in slices, so that a large answer does not block the event loop. */
export async function vectorTexts(
  vectors: readonly Float32Array[],
  format: "float" | "base64",
): Promise<string[]> {
  const slices = workSlices();
  const texts: string[] = [];
  for (const vector of vectors) {
    if (slices.due()) await slices.pause();
    texts.push(format === "base64" ? `"${base64(vector)}"` : `[${vector.join()}]`);
  }
  return texts;
}

/** Encodes little-endian float32, the byte order of all machines that Node supports. */
function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
