import { describe, expect, it } from "@jest/globals";
import { EarlyConnection } from "../../src/session/early-connection.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { ended, recordWorkers } from "../support/record-workers.js";
import { toySpec } from "../support/toy-model.js";

describe("a connection that is started before its session", () => {
  const { workers, connect } = recordWorkers();

  it("serves the first session; each later one gets a new thread", async () => {
    const early = new EarlyConnection(connect);
    expect(workers).toHaveLength(1);
    const first = await RemoteSession.open(toySpec(), { connect: early.connect });
    expect(workers).toHaveLength(1);
    const second = await RemoteSession.open(toySpec(), { connect: early.connect });
    expect(workers).toHaveLength(2);
    early.end();
    expect(first.inputs).toEqual(second.inputs);
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it("tells its session why it ended", async () => {
    const early = new EarlyConnection(connect);
    const connection = early.connect(({ place }) => new Error(`the ${place} ended`));
    const answer = connection.request("run", {}, Error);
    await workers[0]!.terminate();
    await expect(answer).rejects.toThrow("the worker thread ended");
  });

  it("is replaced if its thread has ended before", async () => {
    const early = new EarlyConnection(connect);
    await workers[0]!.terminate();
    await ended(workers);
    const session = await RemoteSession.open(toySpec(), { connect: early.connect });
    expect(workers).toHaveLength(2);
    await session.dispose();
  });

  it("ends its thread if no session takes it", async () => {
    const early = new EarlyConnection(connect);
    early.end();
    await ended(workers);
    early.end();
  });
});
