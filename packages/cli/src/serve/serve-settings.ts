import type { RerankServerLimits } from "@secondpass/rerank-server";

/** A model that is served. */
export interface ModelSetting {
  readonly kind: "reranker" | "embedder";
  /** Name of the model in requests and answers. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Hub id or folder. */
  readonly model: string;
}

/** Settings of `secondpass serve`. */
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
  /** Keys that requests must show one of; undefined: no request needs a key. */
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
