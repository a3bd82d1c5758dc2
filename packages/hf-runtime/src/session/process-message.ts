import type { Answer } from "./answer.js";

/** Message to a model's process: a question to one of its sessions, or the number of a question to take back. The first question starts the session. */
export type ProcessQuestion =
  | {
      readonly session: number;
      readonly question: { readonly id?: number; readonly ask: string; readonly body?: unknown };
    }
  | { readonly session: number; readonly takeBack: number };

/** Message from a model's process: its pid, once it has started; an answer of one of its sessions; or the end of a session. */
export type ProcessMessage =
  | { readonly pid: number }
  | { readonly session: number; readonly answer: Answer }
  | {
      readonly session: number;
      readonly end: { readonly exitCode: number; readonly failure?: string };
    };
