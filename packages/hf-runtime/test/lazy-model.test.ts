import { describe, expect, it } from "@jest/globals";
import { SessionDisposedError } from "../src/errors/session-disposed-error.js";
import { LazyModel } from "../src/lazy-model.js";

/** A lazy model whose loads the test resolves or rejects. */
function byHand() {
  const loads: { signal: AbortSignal; finish: () => void; fail: (error: Error) => void }[] = [];
  const models: { disposals: number; dispose(): Promise<void> }[] = [];
  const lazy = new LazyModel("toy", (signal) => {
    const model = {
      disposals: 0,
      async dispose() {
        model.disposals++;
      },
    };
    models.push(model);
    return new Promise<typeof model>((resolve, reject) => {
      loads.push({ signal, finish: () => resolve(model), fail: reject });
    });
  });
  return { lazy, loads, models };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("LazyModel", () => {
  it("loads once for many callers, when the first one calls", async () => {
    const { lazy, loads, models } = byHand();
    expect(loads).toHaveLength(0);
    const callers = [lazy.get(), lazy.get(new AbortController().signal), lazy.get()];
    expect(lazy.loaded).toBeUndefined();
    loads[0]?.finish();
    expect(await Promise.all(callers)).toEqual([models[0], models[0], models[0]]);
    expect(lazy.loaded).toBe(models[0]);
    expect(await lazy.get()).toBe(models[0]);
    expect(loads).toHaveLength(1);
  });

  it("rejects all callers of a failed load, and loads again for the next", async () => {
    const { lazy, loads, models } = byHand();
    const callers = [lazy.get(), lazy.get(new AbortController().signal)];
    const failure = new Error("no network");
    loads[0]?.fail(failure);
    expect(await Promise.allSettled(callers)).toEqual([
      { status: "rejected", reason: failure },
      { status: "rejected", reason: failure },
    ]);
    const next = lazy.get();
    loads[1]?.finish();
    expect(await next).toBe(models[1]);
  });

  it("keeps loading for the others if one caller aborts", async () => {
    const { lazy, loads, models } = byHand();
    const controller = new AbortController();
    const impatient = lazy.get(controller.signal);
    const patient = lazy.get(new AbortController().signal);
    const reason = new Error("too slow");
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    expect(loads[0]?.signal.aborted).toBe(false);
    loads[0]?.finish();
    expect(await patient).toBe(models[0]);
  });

  it("ends the load if the last caller aborts, frees a model that still arrives, and loads again", async () => {
    const { lazy, loads, models } = byHand();
    const controller = new AbortController();
    const reason = new Error("too slow");
    const only = lazy.get(controller.signal);
    controller.abort(reason);
    await expect(only).rejects.toBe(reason);
    expect(loads[0]?.signal.reason).toBe(reason);
    const next = lazy.get();
    loads[0]?.finish();
    loads[1]?.finish();
    expect(await next).toBe(models[1]);
    await settled();
    expect(models.map(({ disposals }) => disposals)).toEqual([1, 0]);
  });

  it("stays loaded if a signal aborts after the load", async () => {
    const { lazy, loads, models } = byHand();
    const controller = new AbortController();
    const caller = lazy.get(controller.signal);
    loads[0]?.finish();
    await caller;
    controller.abort();
    expect(await lazy.get()).toBe(models[0]);
    expect(models[0]?.disposals).toBe(0);
  });

  it("rejects an aborted signal without loading", async () => {
    const { lazy, loads } = byHand();
    const reason = new Error("never mind");
    await expect(lazy.get(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(loads).toHaveLength(0);
  });

  it("frees the model once if disposed twice, and rejects further calls with the model's name", async () => {
    const { lazy, loads, models } = byHand();
    const caller = lazy.get();
    loads[0]?.finish();
    await caller;
    await Promise.all([lazy.dispose(), lazy.dispose()]);
    expect(models[0]?.disposals).toBe(1);
    await expect(lazy.get()).rejects.toThrow(new SessionDisposedError("toy"));
  });

  it("ends a running load when it is disposed, and frees a model that still arrives", async () => {
    const { lazy, loads, models } = byHand();
    const caller = lazy.get();
    const disposed = lazy.dispose();
    expect(loads[0]?.signal.aborted).toBe(true);
    loads[0]?.finish();
    await disposed;
    expect(models[0]?.disposals).toBe(1);
    await caller;
  });

  it("frees nothing if it has never loaded", async () => {
    const { lazy, loads } = byHand();
    await lazy.dispose();
    expect(loads).toHaveLength(0);
  });
});
