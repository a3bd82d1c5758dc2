import { describe, expect, it } from "@jest/globals";
import type { Isolation } from "../../src/contracts/load-options.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import { openSession } from "../../src/session/open-session.js";
import { PackingSession } from "../../src/session/packing-session.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { SessionPool } from "../../src/session/session-pool.js";
import type { SessionSpec } from "../../src/session/session-spec.js";
import { recordWorkers, until } from "../support/record-workers.js";
import { toyFeeds, toySpec } from "../support/toy-model.js";

const MIB = 2 ** 20;

describe("openSession", () => {
  const { workers, connect } = recordWorkers();
  const kindOf = async (
    changes: Partial<SessionSpec>,
    { isolation, pooledBytes = 256 * MIB }: { isolation?: Isolation; pooledBytes?: number } = {},
  ) => {
    const session = await openSession(toySpec({ threads: 2, ...changes }), { isolation, pooledBytes });
    await session.dispose();
    return session.constructor;
  };

  it("opens a worker for each thread if that needs little memory", async () => {
    expect(await kindOf({ packedBytes: 60 * MIB })).toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, threads: 1 })).not.toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, threads: 4 })).not.toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, ownBytes: 42 * MIB })).not.toBe(SessionPool);
  });

  it("opens a worker for each thread of a large model if the machine has the memory", async () => {
    expect(await kindOf({ packedBytes: 340 * MIB }, { pooledBytes: 1020 * MIB })).toBe(SessionPool);
    expect(await kindOf({ packedBytes: 340 * MIB }, { pooledBytes: 1019 * MIB })).toBe(PackingSession);
  });

  it("is ready with unpacked weights in a pool too, and opens its workers after the first passes", async () => {
    const spec = toySpec({ threads: 2, packedBytes: 340 * MIB });
    const session = await openSession(spec, { connectToWorkers: connect, pooledBytes: 1020 * MIB });
    // One computes, and one packs the weights for it.
    expect(workers).toHaveLength(2);
    expect((await session.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    await until(() => session.parallelism === 2);
    expect(workers).toHaveLength(4);
    await session.dispose();
  });

  it("packs large weights in the background, unless sessions have their own large copies anyway", async () => {
    expect(await kindOf({ packedBytes: 340 * MIB })).toBe(PackingSession);
    expect(await kindOf({ packedBytes: 340 * MIB, ownBytes: 340 * MIB })).toBe(RemoteSession);
    expect(await kindOf({ threads: 1 })).toBe(RemoteSession);
  });

  it("opens one worker with lowMemory, and none without isolation", async () => {
    expect(await kindOf({ lowMemory: true })).toBe(RemoteSession);
    expect(await kindOf({}, { isolation: "none" })).toBe(InThreadSession);
  });
});
