import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/** Instruction sets that determine the speed of a model or a scan, by Linux's names. */
const DECISIVE = [
  "avx2",
  "avx512f",
  "avx_vnni",
  "avx512_vnni",
  "avx512_bf16",
  "avx512_fp16",
  "amx_bf16",
  "amx_int8",
  "asimddp",
  "i8mm",
  "bf16",
  "sve",
];

/** This machine's CPU: name, number, those of its instruction sets that matter (Linux), and how busy it is now. */
export function cpu() {
  return {
    name: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    instructions: DECISIVE.filter((name) => flags().has(name)),
    load: Number(loadavg()[0].toFixed(2)),
  };
}

let known;
function flags() {
  known ??= new Set(readFlags());
  return known;
}

function readFlags() {
  try {
    return /^(?:flags|Features)\s*: (.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].split(" ") ?? [];
  } catch {
    return [];
  }
}
