/**
 * Variables that a model's process gets of this one's: what programs and native libraries are found by, and what they are set by.
 * No secret of the program's is among them, and no NODE_OPTIONS, which may load its hooks.
 */
const PASSED =
  /^(PATH|Path|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SystemRoot|SYSTEMROOT|windir|LANG|LC_ALL|TZ|LD_LIBRARY_PATH|DYLD_\w+|(CUDA|CUDNN|NVIDIA|HIP|ROCR|ORT|OMP|KMP|GOMP|MKL|OPENVINO|MALLOC)_\w+)$/;

/** The environment of a model's process. */
export function processEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const passed = Object.entries(environment).filter(
    (entry): entry is [string, string] => PASSED.test(entry[0]) && entry[1] !== undefined,
  );
  return {
    // See leaveTelemetryOff. Here onnxruntime sees it in every case.
    ORT_DISABLE_TELEMETRY: "1",
    ...Object.fromEntries(passed),
    // Electron's and compiled Bun programs' executables are Node and Bun only if they are told to be.
    ELECTRON_RUN_AS_NODE: "1",
    BUN_BE_BUN: "1",
    // Plug'n'Play resolves packages with a hook.
    ...(process.versions.pnp && environment.NODE_OPTIONS ? { NODE_OPTIONS: environment.NODE_OPTIONS } : {}),
  };
}
