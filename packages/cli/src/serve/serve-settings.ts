import type { RerankServerLimits } from "@secondpass/rerank-server";

/** A model that is served. */
export interface ModelSetting {
  readonly kind: "reranker" | "embedder";
  /** What requests call it, and answers. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Hub id or folder. */
  readonly model: string;
}

/** What `secondpass serve` runs. */
export interface ServeSettings {
  readonly models: readonly ModelSetting[];
  readonly strictModels: boolean;
  readonly load: {
    readonly revision: string | undefined;
    readonly dtype: string;
    readonly isolation: "worker" | "process";
    readonly maxLength: number | undefined;
    readonly threads: number;
  };
  readonly host: string;
  readonly port: number;
  /** None: no request needs a key. */
  readonly apiKeys: readonly string[] | undefined;
  readonly cors: readonly string[];
  readonly autoTruncate: boolean;
  readonly limits: RerankServerLimits;
  readonly noticeMs: number;
  readonly graceMs: number;
  readonly logLevel: string;
  /** Undefined: text on a terminal, else JSON. */
  readonly logFormat: string | undefined;
}
