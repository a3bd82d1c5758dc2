/**
 * Environment variables that a model's process inherits: those by which programs and native libraries are found and configured. The
 * program's secrets are not inherited, nor is NODE_OPTIONS, which may load hooks.
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
    // See leaveTelemetryOff. In a child process onnxruntime always sees it.
    ORT_DISABLE_TELEMETRY: "1",
    ...Object.fromEntries(passed),
    // The executables of Electron and of compiled Bun programs run as Node and Bun only with these variables.
    ELECTRON_RUN_AS_NODE: "1",
    BUN_BE_BUN: "1",
    // Plug'n'Play resolves packages with a hook.
    ...(process.versions.pnp && environment.NODE_OPTIONS ? { NODE_OPTIONS: environment.NODE_OPTIONS } : {}),
  };
}
