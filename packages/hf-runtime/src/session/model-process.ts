import type { ChildProcess } from "node:child_process";
import type { ConnectionEnd } from "./connection.js";
import type { ProcessMessage, ProcessRequest } from "./process-message.js";
import { type SpawnedProcess, spawnProcess } from "./spawn-process.js";

/** How much of the end of a process's error output is kept, in characters. */
const MAX_OUTPUT = 1000;

/** Longest wait for the messages of a process that has ended, in milliseconds. They have already reached this process. */
const LAST_MESSAGES_MS = 500;

/** One session of a process, as the process sees it. */
export interface ProcessSession {
  onAnswer(answer: Extract<ProcessMessage, { answer: unknown }>["answer"]): void;
  /** Called once, when the session's thread or the process has ended. */
  onEnd(end: ConnectionEnd): void;
}

/** Node's channels have these methods; those of other runtimes may lack them. */
type Channel = { ref?(): void; unref?(): void } | null | undefined;

/**
 * A child process that runs the sessions of a model. It ends with its last session, when it is killed, and when this process ends for any
 * reason. It keeps this process alive only between {@link hold} and {@link release}.
 */
export class ModelProcess {
  readonly #spawned: SpawnedProcess;
  readonly #sessions = new Map<number, ProcessSession>();
  readonly #closing = new Set<number>();
  #pid: number | undefined;
  #output = "";
  #failure: unknown;
  #abandoned = false;
  #holders = 0;
  #nextSession = 0;
  #over = false;

  constructor(spawn: () => SpawnedProcess = spawnProcess) {
    this.#spawned = spawn();
    const { child, direct } = this.#spawned;
    if (direct) this.#pid = child.pid;
    child.on("message", (message: ProcessMessage) => this.#receive(message));
    child.on("error", (cause) => {
      this.#failure ??= cause;
      // A process that never started emits no "close".
      if (child.pid === undefined) this.#finish({ place: "process", cause });
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#output = (this.#output + text).slice(-MAX_OUTPUT);
    });
    // The end of the shell does not mean the end of the process.
    if (direct) child.on("close", (exitCode, signal) => this.#closed(this.#end(exitCode, signal)));
    else child.on("disconnect", () => this.#finish(this.#end()));
    this.#letGo();
  }

  get over(): boolean {
    return this.#over;
  }

  /** Adds a session. The process starts it at its first request. */
  add(session: ProcessSession): number {
    const number = this.#nextSession++;
    this.#sessions.set(number, session);
    return number;
  }

  send(request: ProcessRequest): void {
    const { child } = this.#spawned;
    // If a message cannot be sent, the process has ended, and its sessions are notified of that.
    if (child.connected) child.send(request as object, () => {});
  }

  /** Keeps this process alive until {@link release}. */
  hold(): void {
    if (this.#holders++ > 0) return;
    const { child } = this.#spawned;
    if (child.pid === undefined) return;
    child.ref();
    (child.channel as Channel)?.ref?.();
  }

  release(): void {
    if (--this.#holders === 0) this.#letGo();
  }

  /** Ends a session after its current work. If it is the last session, ends the process immediately. */
  close(number: number): void {
    this.#closing.add(number);
    if ([...this.#sessions.keys()].every((each) => this.#closing.has(each))) this.#kill();
    else this.send({ session: number, request: { kind: "close" } });
  }

  /** Ends the process immediately, because it still works on a cancelled pass. */
  abandon(): void {
    this.#abandoned = true;
    this.#kill();
  }

  #kill(): void {
    if (this.#over) return;
    const { child, direct } = this.#spawned;
    if (direct) child.kill("SIGKILL");
    else if (this.#pid !== undefined) killProcess(this.#pid);
    // Its pid is not known yet. It ends itself when the channel is closed.
    else if (child.connected) child.disconnect();
  }

  #receive(message: ProcessMessage): void {
    if ("pid" in message) {
      this.#pid = message.pid;
      return;
    }
    const session = this.#sessions.get(message.session);
    if ("answer" in message) {
      session?.onAnswer(message.answer);
      return;
    }
    this.#sessions.delete(message.session);
    const { exitCode, failure } = message.end;
    session?.onEnd({ place: "process", exitCode, cause: failure });
  }

  #end(exitCode?: number | null, signal?: string | null): ConnectionEnd {
    return {
      place: "process",
      abandoned: this.#abandoned,
      cause: this.#failure,
      exitCode,
      signal,
      output: this.#output.trim(),
    };
  }

  /** Finishes after the last message, which may arrive after the end of the process. */
  #closed(end: ConnectionEnd): void {
    const { child } = this.#spawned;
    const finish = () => {
      clearTimeout(timer);
      this.#finish(end);
    };
    const timer = setTimeout(finish, child.connected ? LAST_MESSAGES_MS : 0);
    child.once("disconnect", finish);
  }

  #finish(end: ConnectionEnd): void {
    if (this.#over) return;
    this.#over = true;
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) session.onEnd(end);
  }

  #letGo(): void {
    const { child } = this.#spawned;
    // Deno throws if the process could not be started; the reason arrives as an event.
    if (child.pid === undefined) return;
    child.unref();
    (child.channel as Channel)?.unref?.();
    unrefStream(child.stderr);
  }
}

function unrefStream(stream: ChildProcess["stderr"]): void {
  (stream as unknown as Channel)?.unref?.();
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
