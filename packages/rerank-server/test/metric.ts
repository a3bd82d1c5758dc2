import type { RerankServer } from "../src/index.js";

/** Returns the first value of one of a server's metrics. */
export async function metric({ metrics }: Pick<RerankServer, "metrics">, name: string): Promise<number> {
  const { values } = (await metrics.getSingleMetric(name)?.get()) ?? { values: [] };
  return values[0]?.value ?? Number.NaN;
}
