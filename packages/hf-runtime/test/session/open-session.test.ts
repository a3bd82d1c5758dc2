import { describe, expect, it } from "@jest/globals";
import type { Isolation } from "../../src/contracts/load-options.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import { openSession } from "../../src/session/open-session.js";
import { PackingSession } from "../../src/session/packing-session.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { SessionPool } from "../../src/session/session-pool.js";
import type { SessionSpec } from "../../src/session/session-spec.js";
import { toySpec } from "../support/toy-model.js";

const MIB = 2 ** 20;

describe("openSession", () => {
  const kindOf = async (changes: Partial<SessionSpec>, isolation?: Isolation) => {
    const session = await openSession(toySpec({ threads: 2, ...changes }), { isolation });
    await session.dispose();
    return session.constructor;
  };

  it("opens a worker for each thread if that needs little memory", async () => {
    expect(await kindOf({ packedBytes: 60 * MIB })).toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, threads: 1 })).not.toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, threads: 4 })).not.toBe(SessionPool);
    expect(await kindOf({ packedBytes: 60 * MIB, ownBytes: 42 * MIB })).not.toBe(SessionPool);
  });

  it("packs large weights in the background, unless sessions have their own large copies anyway", async () => {
    expect(await kindOf({ packedBytes: 340 * MIB })).toBe(PackingSession);
    expect(await kindOf({ packedBytes: 340 * MIB, ownBytes: 340 * MIB })).toBe(RemoteSession);
    expect(await kindOf({ threads: 1 })).toBe(RemoteSession);
  });

  it("opens one worker with lowMemory, and none without isolation", async () => {
    expect(await kindOf({ lowMemory: true })).toBe(RemoteSession);
    expect(await kindOf({}, "none")).toBe(InThreadSession);
  });
});
