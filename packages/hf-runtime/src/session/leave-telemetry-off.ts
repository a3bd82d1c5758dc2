/** onnxruntime reads it from the process's environment when it is first loaded. */
const SWITCH = "ORT_DISABLE_TELEMETRY";

/**
 * onnxruntime-node 1.30 keeps a device id and a queue of usage events in the user's cache folder, to be sent to Microsoft, unless
 * told not to. Nobody who ranks texts has asked for that; who wants it sets the variable to "0" beforehand.
 *
 * For a session in this process. In a worker thread of the caller's and under Bun, onnxruntime would not see it: there a model computes in a
 * child process, which is started with the variable.
 */
export function leaveTelemetryOff(): void {
  process.env[SWITCH] ??= "1";
}
