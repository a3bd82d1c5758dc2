import { expect, it } from "@jest/globals";
import * as runtime from "../src/index.js";

const LOADERS = [
  "loadEncoder",
  "loadCrossEncoder",
  "loadSparseEncoder",
  "loadMultiVectorEncoder",
  "identifyEncoder",
] as const;

const EXPORTS: Readonly<Record<string, unknown>> = { ...runtime };

const call = (name: (typeof LOADERS)[number], options?: unknown) =>
  (EXPORTS[name] as (options?: unknown) => Promise<unknown>)(options);

it.each(LOADERS)("%s throws an error that names an unknown option and the function", async (name) => {
  await expect(call(name, { model: "acme/letters", localFileOnly: true })).rejects.toMatchObject({
    name: "UnknownOptionError",
    owner: name,
    message: expect.stringMatching(/`localFileOnly`.*Did you mean `localFilesOnly`/),
  });
});

it.each(LOADERS)("%s throws a typed error for invalid options", async (name) => {
  for (const wrong of [undefined, null, "acme/letters", {}]) {
    await expect(call(name, wrong)).rejects.toMatchObject({ name: "InvalidOptionError" });
  }
});

it.each([
  ["float32", "fp32"],
  ["float16", "fp16"],
  ["half", "fp16"],
])("says how PyTorch's %s is called here", async (dtype, ours) => {
  await expect(call("loadEncoder", { model: "acme/letters", dtype })).rejects.toThrow(
    `Expected \`dtype\` to be "${ours}"`,
  );
});
