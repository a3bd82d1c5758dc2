import { describe, expect, it, jest } from "@jest/globals";
import { spawnWorker, WorkerConnection } from "../../src/session/worker-connection.js";

describe("a worker's connection", () => {
  const open = () => {
    const worker = spawnWorker();
    jest.spyOn(worker, "on");
    const refs = { ref: jest.spyOn(worker, "ref"), unref: jest.spyOn(worker, "unref") };
    return {
      worker,
      refs,
      connection: new WorkerConnection(
        () => new Error("ended"),
        () => worker,
      ),
    };
  };
  const fail = (message: string) => new RangeError(message);

  it("keeps the process alive while a request is open, unless it is a background request", async () => {
    const { worker, refs, connection } = open();
    expect(refs.unref).toHaveBeenCalledTimes(1);
    // Listening refs a worker again, so the last call has to come after it.
    expect(worker.on).toHaveBeenCalledWith("message", expect.any(Function));
    const lastListened = Math.max(...jest.mocked(worker.on).mock.invocationCallOrder);
    expect(refs.unref.mock.invocationCallOrder[0]).toBeGreaterThan(lastListened);
    await expect(connection.request("sing", {}, fail, { background: true })).rejects.toThrow(RangeError);
    expect(refs.ref).not.toHaveBeenCalled();
    await expect(connection.request("sing", {}, fail)).rejects.toThrow(RangeError);
    expect(refs.ref).toHaveBeenCalledTimes(1);
    expect(refs.unref).toHaveBeenCalledTimes(3);
    await connection.end(new Error("enough"));
  });

  it("keeps the process alive until it has ended, even if an answer arrives late", async () => {
    const { worker, refs, connection } = open();
    const pending = connection.request("sing", {}, fail, { background: true });
    const ending = connection.end(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
    const unrefs = refs.unref.mock.calls.length;
    worker.emit("message", { id: 0, value: {} });
    expect(refs.unref).toHaveBeenCalledTimes(unrefs);
    await ending;
  });
});
