import { readFileSync } from "node:fs";

/** CPU properties that decide which of sentence-transformers' quantised exports fits this machine. */
export interface CpuFeatures {
  /** `process.arch`. */
  readonly arch: string;
  /** Linux's names of x86 instruction sets ("avx512f", "avx512_vnni"…); empty if the system does not list them. */
  readonly flags: ReadonlySet<string>;
}

/**
 * Suffixes of sentence-transformers' 8-bit exports (`model_<suffix>.onnx`) that this CPU runs well, best first.
 * If AVX-512 is not listed, an x64 CPU counts as having AVX2 only.
 */
export function cpuSuffixes({ arch, flags }: CpuFeatures = cpuFeatures()): readonly string[] {
  if (arch === "arm64") return ["qint8_arm64"];
  const suffixes: string[] = [];
  if (flags.has("avx512_vnni")) suffixes.push("qint8_avx512_vnni");
  if (flags.has("avx512f")) suffixes.push("qint8_avx512");
  return [...suffixes, "quint8_avx2"];
}

function cpuFeatures(): CpuFeatures {
  return { arch: process.arch, flags: new Set(linuxFlags()) };
}

function linuxFlags(): readonly string[] {
  try {
    const line = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
    return line?.[1]?.trim().split(/\s+/) ?? [];
  } catch {
    // Not Linux.
    return [];
  }
}
