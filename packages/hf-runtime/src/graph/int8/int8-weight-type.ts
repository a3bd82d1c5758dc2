import { readFileSync } from "node:fs";

/**
 * How quantised weights are stored: unchanged, or plus 128 as uint8. The results are the same in theory, but not every CPU computes both
 * exactly. On x86 without VNNI, onnxruntime multiplies uint8 by int8 with an instruction whose 16-bit sums saturate, and uint8 by uint8 exactly
 * (a tenth slower there). With VNNI or AMX, and on ARM, int8 is exact and at least as fast.
 */
export type Int8WeightType = "int8" | "uint8";

/** Flags in /proc/cpuinfo of CPUs that multiply uint8 by int8 exactly. */
const EXACT = /^flags\s*:.*\b(avx512_vnni|avx_vnni|amx_int8)\b/m;

/** The type of weights with which this machine computes exactly. If the flags of an x86 CPU cannot be read, it is "uint8". */
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
