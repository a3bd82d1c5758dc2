import type { Answer } from "./answer.js";

/** Message to a model's process: a request to one of its sessions, or the number of a request to cancel. The first request starts the session. */
export type ProcessRequest =
  | {
      readonly session: number;
      readonly request: { readonly id?: number; readonly kind: string; readonly body?: unknown };
    }
  | { readonly session: number; readonly cancel: number };

/** Message from a model's process: its pid, once it has started; an answer of one of its sessions; or the end of a session. */
export type ProcessMessage =
  | { readonly pid: number }
  | { readonly session: number; readonly answer: Answer }
  | {
      readonly session: number;
      readonly end: { readonly exitCode: number; readonly failure?: string };
    };
