import { WASM_BYTES } from "./generated/wasm-bytes.js";
import type { ScoreKernels } from "./score-kernels.js";

/** The exports of assembly/index.ts; addresses are byte offsets into the memory. */
interface Exports {
  add(slots: number, impacts: number, count: number, from: number, weight: number, sums: number): void;
  list(sums: number, first: number, last: number, floor: number, listed: number): number;
}

const PAGE_BYTES = 1 << 16;
/** Postings that are copied into the memory at a time: with their impacts they fit into the processor's L1 cache. */
const COPIED = 2048;

/** Creates kernels in WASM. @returns undefined if this engine cannot run them */
export function wasmKernels(size: number): ScoreKernels | undefined {
  const instance = instantiate(
    Math.ceil(((size + COPIED) * 2 * Float32Array.BYTES_PER_ELEMENT) / PAGE_BYTES),
  );
  if (instance === undefined) return undefined;
  const { memory, add, list } = instance;
  const sums = new Float32Array(memory.buffer, 0, size);
  const listed = new Uint32Array(memory.buffer, sums.byteLength, size);
  const copiedSlots = new Uint32Array(memory.buffer, listed.byteOffset + listed.byteLength, COPIED);
  const impactsAt = copiedSlots.byteOffset + copiedSlots.byteLength;
  const copiedImpacts = new Float32Array(memory.buffer, impactsAt, COPIED);
  return {
    sums,
    listed,
    add(slots, impacts, start, end, from, weight) {
      for (let i = start; i < end; i += COPIED) {
        const count = Math.min(COPIED, end - i);
        copiedSlots.set(slots.subarray(i, i + count));
        copiedImpacts.set(impacts.subarray(i, i + count));
        add(copiedSlots.byteOffset, copiedImpacts.byteOffset, count, from, weight, 0);
      }
    },
    list: (first, last, floor) => list(0, first, last, floor, listed.byteOffset),
  };
}

function instantiate(pages: number): (Exports & { readonly memory: WebAssembly.Memory }) | undefined {
  try {
    const bytes = Uint8Array.from(atob(WASM_BYTES), (character) => character.charCodeAt(0));
    const memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    return { ...(exports as unknown as Exports), memory };
  } catch {
    return undefined;
  }
}
