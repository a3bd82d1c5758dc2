/** onnxruntime reads it from the process's environment when it is first loaded. */
const SWITCH = "ORT_DISABLE_TELEMETRY";

/**
 * onnxruntime-node 1.30 keeps a device id and a queue of usage events in the user's cache folder, to be sent to Microsoft, unless
 * told not to. Nobody who ranks texts has asked for that; who wants it sets the variable to "0" beforehand.
 *
 * Of the calling thread's environment: in a worker of the caller's that is a copy, which onnxruntime does not see.
 */
export function leaveTelemetryOff(): void {
  process.env[SWITCH] ??= "1";
}
