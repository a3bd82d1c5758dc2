import { expect, it } from "@jest/globals";
import { int8WeightType } from "../../../src/graph/int8/int8-weight-type.js";

const flags = (...names: string[]) =>
  `processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu ${names.join(" ")} avx2\nbugs\t\t: none\n`;

it.each([
  ["x64", flags(), "uint8"],
  ["x64", flags("avx512f", "avx512bw"), "uint8"],
  ["x64", flags("avx512f", "avx512_vnni"), "int8"],
  ["x64", flags("avx_vnni"), "int8"],
  ["x64", flags("amx_int8"), "int8"],
  // A system that does not list them.
  ["x64", "", "uint8"],
  ["arm64", "", "int8"],
])("on %s with %j: %s", (arch, cpuInfo, expected) => {
  expect(int8WeightType(arch, () => cpuInfo)).toBe(expected);
});
