import type { ChildProcess } from "node:child_process";
import type { ConnectionEnd } from "./connection.js";
import type { ProcessMessage, ProcessQuestion } from "./process-message.js";
import { type SpawnedProcess, spawnProcess } from "./spawn-process.js";

/** So much of a process's last words is kept, in characters. */
const MOST_OUTPUT = 1000;

/** Longest wait for the messages of a process that has ended, in milliseconds. They are in this process already. */
const LAST_MESSAGES_MS = 500;

/** One session of a process, as the process sees it. */
export interface ProcessSession {
  onAnswer(answer: Extract<ProcessMessage, { answer: unknown }>["answer"]): void;
  /** The session's thread has ended, or the process. Called once. */
  onEnd(end: ConnectionEnd): void;
}

/** A channel of Node's has these; those of other runtimes need not. */
type Channel = { ref?(): void; unref?(): void } | null | undefined;

/**
 * A child process that runs the sessions of a model. It ends with its last session, when it is killed, and when this process ends, however
 * that ends. It keeps this process alive only while somebody {@link hold}s it.
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
      // One that never started has no exit.
      if (child.pid === undefined) this.#finish({ place: "process", cause });
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#output = (this.#output + text).slice(-MOST_OUTPUT);
    });
    // A shell's end says nothing of the process.
    if (direct) child.on("close", (exitCode, signal) => this.#closed(this.#end(exitCode, signal)));
    else child.on("disconnect", () => this.#finish(this.#end()));
    this.#letGo();
  }

  get over(): boolean {
    return this.#over;
  }

  /** Adds a session, which begins when it is first asked something. */
  add(session: ProcessSession): number {
    const number = this.#nextSession++;
    this.#sessions.set(number, session);
    return number;
  }

  send(question: ProcessQuestion): void {
    const { child } = this.#spawned;
    // What cannot be sent is not lost in silence: the process is over then, and its sessions hear of it.
    if (child.connected) child.send(question as object, () => {});
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

  /** Ends a session after what it computes; the process, whatever it computes, when all its sessions are to end. */
  close(number: number): void {
    this.#closing.add(number);
    if ([...this.#sessions.keys()].every((each) => this.#closing.has(each))) this.#kill();
    else this.send({ session: number, question: { ask: "close" } });
  }

  /** Ends the process immediately, because of work in it that nobody waits for any longer. */
  abandon(): void {
    this.#abandoned = true;
    this.#kill();
  }

  #kill(): void {
    if (this.#over) return;
    const { child, direct } = this.#spawned;
    if (direct) child.kill("SIGKILL");
    else if (this.#pid !== undefined) killProcess(this.#pid);
    // It has not said its number yet. It ends when it sees that nobody is there.
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

  /** Ends after the last message, which may come after the end. */
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
    // Deno throws for a process that could not be started; why it could not comes as an event.
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
