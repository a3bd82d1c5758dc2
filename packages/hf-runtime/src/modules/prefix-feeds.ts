import { PREFIX_PORTS } from "../graph/layers/share-prefix.js";
import type { InputTensor, OutputTensor, TensorPort } from "../session/inference-session.js";

/** Further inputs of a graph whose texts can share their first tokens. */
export interface PrefixFeeds {
  /** Ports of the batch's own tensors. */
  readonly batchPorts: readonly TensorPort[];
  /**
   * Feeds of a pass.
   * @param past keys and values of the tokens before the batch's: the `present` output of an earlier pass. @default no tokens
   * @param kept number of the batch's tokens whose keys and values the pass gives out. @default 0
   */
  feeds(past?: OutputTensor, kept?: number): Readonly<Record<string, InputTensor>>;
}

/** Finds the inputs for shared tokens. @returns undefined for a graph without such inputs */
export function prefixFeeds(ports: readonly TensorPort[]): PrefixFeeds | undefined {
  const [slots, , width] = ports.find(({ name }) => name === PREFIX_PORTS.past)?.shape ?? [];
  if (slots === undefined || width === undefined) return undefined;
  const none = { data: new Float32Array(0), dims: [Number(slots), 0, Number(width)] };
  const names: readonly string[] = [PREFIX_PORTS.past, PREFIX_PORTS.kept];
  return {
    batchPorts: ports.filter(({ name }) => !names.includes(name)),
    feeds: ({ data, dims } = none, kept = 0) => ({
      [PREFIX_PORTS.past]: { type: "float32", data, dims },
      [PREFIX_PORTS.kept]: { type: "int64", data: BigInt64Array.of(BigInt(kept)), dims: [1] },
    }),
  };
}
