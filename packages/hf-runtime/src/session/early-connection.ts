import { OnnxRuntimeMissingError } from "../errors/onnx-runtime-missing-error.js";
import type { Connect, Connection, ConnectionEnd } from "./connection.js";
import { leaveTelemetryOff } from "./leave-telemetry-off.js";
import { onnxRuntimePath } from "./onnx-runtime-path.js";
import { connectToWorker } from "./worker-connection.js";

/**
 * A worker thread that loads onnxruntime while its model is still being prepared here: starting a thread and loading the library take some
 * 50 ms, which pass at the same time.
 */
export class EarlyConnection {
  #describeEnd: (end: ConnectionEnd) => unknown = () => undefined;
  /** Undefined once it is taken, or if it could not start. */
  #connection: Connection | undefined;
  readonly #connect: Connect;

  /** @param connect starts threads */
  constructor(connect: Connect = connectToWorker()) {
    this.#connect = connect;
    try {
      const body = { runtimePath: onnxRuntimePath() };
      leaveTelemetryOff();
      this.#connection = connect((end) => this.#describeEnd(end));
      // If loading fails, it fails again with a session, which reports it.
      this.#connection.request("load", body, Error, { background: true }).catch(() => {});
    } catch (error) {
      if (!(error instanceof OnnxRuntimeMissingError)) throw error;
    }
  }

  /** Gives the thread to the first session, and starts another one for each later session. */
  readonly connect: Connect = (describeEnd) => {
    const early = this.#connection;
    this.#connection = undefined;
    if (early === undefined || early.ended) return this.#connect(describeEnd);
    this.#describeEnd = describeEnd;
    return early;
  };

  /** Ends the thread if no session has taken it. It ends after it has loaded onnxruntime. */
  end(): void {
    void this.#connection?.end(undefined);
    this.#connection = undefined;
  }
}
