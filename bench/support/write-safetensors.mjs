import { closeSync, openSync, writeSync } from "node:fs";
import { randomNumbers } from "./random-numbers.mjs";

/** Standard deviation that these models' weights are initialised with. */
const DEVIATION = 0.02;
/** Wider for the last layers of the heads: pairs then differ in their scores as they do for trained weights. */
const HEAD_DEVIATION = 0.5;

/** Numbers that are drawn once and used over and over from different places: 278 million draws would take half a minute. */
const POOL = 1 << 20;

/**
 * Writes random float32 weights, the same for the same seed.
 * @param {string} file
 * @param {[name: string, shape: number[]][]} tensors
 */
export function writeSafetensors(file, tensors, seed = 1) {
  const header = {};
  let offset = 0;
  for (const [name, shape] of tensors) {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + bytes] };
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
    writeTensor(
      handle,
      name,
      shape.reduce((a, b) => a * b, 1),
      pool,
      random,
    );
  closeSync(handle);
}

function writeTensor(handle, name, size, pool, random) {
  const isNorm = /layer_?norm/i.test(name);
  const mean = isNorm && name.endsWith(".weight") ? 1 : 0;
  const deviation = /^classifier\.(out_proj\.)?weight$/.test(name) ? HEAD_DEVIATION : DEVIATION;
  for (let done = 0; done < size; ) {
    const start = Math.floor(random() * POOL);
    const values = pool
      .subarray(start, start + Math.min(size - done, POOL - start))
      .map((x) => mean + deviation * x);
    writeSync(handle, values);
    done += values.length;
  }
}

/** A standard normal number (Box and Muller). */
function gaussian(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
