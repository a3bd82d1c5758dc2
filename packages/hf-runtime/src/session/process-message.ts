import type { Answer } from "./answer.js";

/** To a model's process: a question to one of its sessions, which begins with its first one, or to take one back. */
export type ProcessQuestion =
  | {
      readonly session: number;
      readonly question: { readonly id?: number; readonly ask: string; readonly body?: unknown };
    }
  | { readonly session: number; readonly takeBack: number };

/** From a model's process: its number, once it has started; an answer of one of its sessions; the end of one. */
export type ProcessMessage =
  | { readonly pid: number }
  | { readonly session: number; readonly answer: Answer }
  | {
      readonly session: number;
      readonly end: { readonly exitCode: number; readonly failure?: string };
    };
