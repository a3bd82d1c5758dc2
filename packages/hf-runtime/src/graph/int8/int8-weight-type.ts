import { readFileSync } from "node:fs";

/**
 * How quantised weights are stored: as they are, or 128 higher. The sums are the same, but not every CPU computes both exactly: on x86
 * without VNNI, onnxruntime multiplies uint8 by int8 with an instruction whose 16-bit sums saturate, and uint8 by uint8 without loss
 * (a tenth slower there). With VNNI or AMX, and on ARM, int8 is exact and at least as fast.
 */
export type Int8WeightType = "int8" | "uint8";

/** Flags of /proc/cpuinfo that stand for exact products of uint8 by int8. */
const EXACT = /^flags\s*:.*\b(avx512_vnni|avx_vnni|amx_int8)\b/m;

/** The type of weights that this machine computes with exactly. Of an x86 CPU whose flags cannot be read, nothing is assumed. */
export function int8WeightType(
  arch: string = process.arch,
  cpuInfo: () => string = readCpuInfo,
): Int8WeightType {
  return arch === "arm64" || EXACT.test(cpuInfo()) ? "int8" : "uint8";
}

let read: string | undefined;

function readCpuInfo(): string {
  if (read === undefined) {
    try {
      read = readFileSync("/proc/cpuinfo", "utf8");
    } catch {
      read = ""; // Not Linux.
    }
  }
  return read;
}
