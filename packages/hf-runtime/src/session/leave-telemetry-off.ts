/** onnxruntime reads this variable from the process's environment when it is first loaded. */
const SWITCH = "ORT_DISABLE_TELEMETRY";

/**
 * Turns off onnxruntime's telemetry. By default, onnxruntime-node 1.30 keeps a device id and a queue of usage events in the user's cache
 * folder and sends them to Microsoft. To keep it on, set the variable to "0" before.
 *
 * This is for sessions in this process. In a worker thread of the caller and under Bun, onnxruntime would not see the variable: there a model
 * computes in a child process, which is started with it.
 */
export function leaveTelemetryOff(): void {
  process.env[SWITCH] ??= "1";
}
