import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadOptions } from "../../src/contracts/load-options.js";
import type { HubSettings } from "../../src/hub/hub-settings.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import type { ModelFiles } from "../../src/model-source/model-files.js";
import { type HubRepository, LoopbackHub } from "./loopback-hub.js";

export const MODEL = "acme/tiny-reranker";
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
export const CONFIG = Buffer.from(JSON.stringify({ model_type: "bert" }));
/** Bytes that are the same in every run (the golden has their hash). All pieces differ, so that a wrong resume is detected. */
export const WEIGHTS = Buffer.from(
  Uint8Array.from({ length: 300_000 }, (_, index) => Math.imul(index, 2654435761) >>> 13),
);

/** A repository with a small file from the hub itself and a large one from the content network. */
export const REPOSITORY: HubRepository = {
  commit: COMMIT,
  files: { "config.json": CONFIG, "onnx/model.onnx": WEIGHTS },
  large: ["onnx/model.onnx"],
  revisions: ["v1.0", "refs/pr/1"],
};

/** A loopback hub, an empty cache, and a loader that uses both. `await using` removes all of it. */
export class HubTestBed {
  private constructor(
    readonly hub: LoopbackHub,
    readonly cacheDir: string,
  ) {}

  static async start(
    repositories: Record<string, HubRepository> = { [MODEL]: REPOSITORY },
  ): Promise<HubTestBed> {
    return new HubTestBed(
      await LoopbackHub.start(repositories),
      await mkdtemp(join(tmpdir(), "secondpass-hub-")),
    );
  }

  open(
    options: Partial<LoadOptions> = {},
    settings: Partial<HubSettings> = {},
    organization?: string,
  ): Promise<ModelFiles> {
    return resolveModel(
      {
        model: MODEL,
        endpoint: this.hub.endpoint,
        cacheDir: this.cacheDir,
        localFilesOnly: false,
        organization,
        ...options,
      },
      { token: options.token, retryDelayMs: 5, timeoutMs: 2_000, symlinks: true, ...settings },
    );
  }

  get modelFolder(): string {
    return join(this.cacheDir, "models--acme--tiny-reranker");
  }

  /** Names in the blobs folder, sorted. */
  async blobs(): Promise<string[]> {
    return (await readdir(join(this.modelFolder, "blobs")).catch(() => [])).sort();
  }

  async stop(): Promise<void> {
    await this.hub.stop();
    await rm(this.cacheDir, { recursive: true, force: true });
  }
}
