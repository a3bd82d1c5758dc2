import { closeSync, openSync, writeSync } from "node:fs";
import { randomNumbers } from "./random-numbers.mjs";

/** Standard deviation of embeddings, biases and the differences from 1 in layer normalisation. */
const DEVIATION = 0.02;
/**
 * Gain of linear layers: size of the output relative to the input. Weights as before training (a gain of 0.4) hardly
 * distinguish pairs, so that int8's drift is 0.3 of the logits' standard deviation. At 2 it is 0.12; on trained weights it is even less
 * (bench/embed/drift.mjs: 0.03).
 */
const GAIN = 2;

/** Number of values that are drawn once and reused from different offsets: 278 million draws would take half a minute. */
const POOL = 1 << 20;

/**
 * Writes random weights, the same for the same seed.
 * @param {string} file
 * @param {[name: string, shape: number[]][]} tensors
 * @param {{ dtype?: "F32" | "BF16", seed?: number }} options
 */
export function writeSafetensors(file, tensors, { dtype = "F32", seed = 1 } = {}) {
  const header = {};
  let offset = 0;
  for (const [name, shape] of tensors) {
    const bytes = (dtype === "F32" ? 4 : 2) * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, " ")]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const handle = openSync(file, "w");
  writeSync(handle, length);
  writeSync(handle, padded);
  const random = randomNumbers(seed);
  const pool = Float32Array.from({ length: POOL }, () => gaussian(random));
  for (const [name, shape] of tensors)
    writeTensor(handle, shape, distribution(name, shape), { pool, random, dtype });
  closeSync(handle);
}

function writeTensor(handle, shape, { mean, deviation }, { pool, random, dtype }) {
  const size = shape.reduce((a, b) => a * b, 1);
  for (let done = 0; done < size; ) {
    const start = Math.floor(random() * POOL);
    const values = pool.slice(start, start + Math.min(size - done, POOL - start));
    for (let i = 0; i < values.length; i++) values[i] = mean + deviation * values[i];
    writeSync(handle, dtype === "F32" ? values : upperHalves(values));
    done += values.length;
  }
}

/** bfloat16 of float32s: cut off, not rounded. */
function upperHalves(values) {
  const words = new Uint16Array(values.buffer, values.byteOffset, values.length * 2);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) halves[i] = words[2 * i + 1];
  return halves;
}

/** The distribution of a tensor's weights. */
function distribution(name, shape) {
  if (/norm\.weight$/i.test(name)) return { mean: 1, deviation: DEVIATION };
  const isLinear = shape.length === 2 && !name.includes("embed");
  return { mean: 0, deviation: isLinear ? GAIN / Math.sqrt(shape[1]) : DEVIATION };
}

/** A standard normal number (Box and Muller). */
function gaussian(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
