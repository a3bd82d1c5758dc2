import type { InputTensor } from "./inference-session.js";

/** Body of the request "run": one forward pass. */
export interface RunBody {
  readonly feeds: Readonly<Record<string, InputTensor>>;
  readonly output: string;
}
