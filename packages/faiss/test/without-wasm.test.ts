import { afterEach, expect, it, jest } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import * as create from "../src/indexes/create-index.js";
import * as hadamard from "../src/indexes/pre-transform/hadamard-transform.js";
import * as mixing from "../src/indexes/pre-transform/mixing-rotation.js";
import * as kernels from "../src/kernels/kernels.js";

const { WebAssembly } = globalThis;

afterEach(() => {
  globalThis.WebAssembly = WebAssembly;
});

/** What `work` gives with modules that were loaded where there is no WebAssembly. */
async function withoutWasm<T>(work: () => Promise<T>): Promise<T> {
  let result: T | undefined;
  await jest.isolateModulesAsync(async () => {
    globalThis.WebAssembly = undefined as never;
    const { hasWasmSimd } = await import("../src/kernels/kernels.js");
    expect(hasWasmSimd()).toBe(false);
    result = await work();
  });
  globalThis.WebAssembly = WebAssembly;
  expect(kernels.hasWasmSimd()).toBe(true);
  return result as T;
}

it("rotates vectors to the same numbers without WebAssembly", async () => {
  const vectors = randomVectors(5, 72, 1);
  const plain = await withoutWasm(async () => {
    const { mixingRotation } = await import("../src/indexes/pre-transform/mixing-rotation.js");
    const { hadamardTransform } = await import("../src/indexes/pre-transform/hadamard-transform.js");
    return [mixingRotation(72).applyAll!(vectors), hadamardTransform(72, 128, 7).applyAll!(vectors)];
  });
  expect(mixing.mixingRotation(72).applyAll!(vectors)).toEqual(plain[0]);
  expect(hadamard.hadamardTransform(72, 128, 7).applyAll!(vectors)).toEqual(plain[1]);
});

it("finds the same among RaBitQ codes without WebAssembly", async () => {
  const [vectors, queries] = [randomVectors(200, 72, 2), randomVectors(10, 72, 3)];
  const search = async ({ createIndex }: typeof create) => {
    const index = createIndex(
      { kind: "ivf-rabitq", nlist: 4, nprobe: 2, bits: 1 },
      { dimensions: 72, metric: "l2" },
    );
    await index.train(vectors);
    await index.add(vectors);
    return index.search(queries, 5);
  };
  const plain = await withoutWasm(async () => search(await import("../src/indexes/create-index.js")));
  const found = await search(create);
  expect(found.labels).toEqual(plain.labels);
  for (const [i, distance] of found.distances.entries()) expect(distance).toBeCloseTo(plain.distances[i]!, 3);
});
