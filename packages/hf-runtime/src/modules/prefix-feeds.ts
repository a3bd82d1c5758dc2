import { PREFIX_PORTS } from "../graph/layers/share-prefix.js";
import type { InputTensor, OutputTensor, TensorPort } from "../session/inference-session.js";

/** What a graph whose texts may share their first tokens is fed besides the batch. */
export interface PrefixFeeds {
  /** Ports of the batch's own tensors. */
  readonly batchPorts: readonly TensorPort[];
  /**
   * Keys and values of the tokens before the batch's, and how many of the batch's tokens give theirs out.
   * @param past what an earlier pass gave as `present`. @default no tokens
   * @param kept @default 0
   */
  feeds(past?: OutputTensor, kept?: number): Readonly<Record<string, InputTensor>>;
}

/** @returns undefined for a graph that has no such inputs */
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
