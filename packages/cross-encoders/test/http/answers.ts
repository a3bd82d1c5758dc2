import type { HttpProtocolName } from "../../src/http/index.js";

type ScoreOf = (query: string, text: string) => number;
type Entry = { readonly index: number; readonly score: number };

/** A request with one query and a list of texts, in any of the forms. */
interface RankRequest {
  readonly query: string;
  readonly documents?: readonly string[];
  readonly texts?: readonly string[];
  readonly input?: readonly string[];
}

/** Ranks the texts, best first, as servers do. */
function ranked({ query, documents, texts, input }: RankRequest, scoreOf: ScoreOf): Entry[] {
  const list = documents ?? texts ?? input ?? [];
  return list
    .map((text, index) => ({ index, score: scoreOf(query, text) }))
    .sort((a, b) => b.score - a.score);
}

const relevance = ({ index, score }: Entry) => ({ index, relevance_score: score });
const usage = { prompt_tokens: 31, total_tokens: 31 };

/** Responses of each protocol, with the JSON of real servers. The type requires an entry for each protocol. */
export const ANSWERS: Record<
  HttpProtocolName,
  {
    readonly path: string;
    // biome-ignore lint/suspicious/noExplicitAny: each protocol has its own request
    readonly respond: (request: any, scoreOf: ScoreOf) => unknown;
  }
> = {
  cohere: {
    path: "/v2/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      id: "07734bd2-2473-4f07-94e1-0d9f0e6843cf",
      results: ranked(request, scoreOf).map(relevance),
      meta: { api_version: { version: "2" }, billed_units: { search_units: 1 } },
    }),
  },
  "cohere-v1": {
    path: "/v1/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      id: "07734bd2-2473-4f07-94e1-0d9f0e6843cf",
      results: ranked(request, scoreOf).map((entry) => ({
        ...relevance(entry),
        document: { text: request.documents?.[entry.index] },
      })),
      meta: { api_version: { version: "1" } },
    }),
  },
  jina: {
    path: "/v1/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      model: "jina-reranker-v2-base-multilingual",
      object: "list",
      usage: { total_tokens: 31 },
      results: ranked(request, scoreOf).map(relevance),
    }),
  },
  voyage: {
    path: "/v1/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      object: "list",
      data: ranked(request, scoreOf).map(relevance),
      model: "rerank-2",
      usage: { total_tokens: 31 },
    }),
  },
  mixedbread: {
    path: "/v1/reranking",
    respond: (request: RankRequest, scoreOf) => ({
      usage,
      model: "mixedbread-ai/mxbai-rerank-large-v2",
      data: ranked(request, scoreOf).map((entry) => ({ ...entry, input: null, object: "rank_result" })),
      object: "list",
      top_k: 10,
      return_input: false,
    }),
  },
  tei: { path: "/rerank", respond: (request: RankRequest, scoreOf) => ranked(request, scoreOf) },
  "tei-predict": {
    path: "/predict",
    respond: ({ inputs }: { inputs: [string, string][] }, scoreOf) =>
      inputs.map((pair) => {
        const score = scoreOf(...pair);
        return [
          { score, label: "LABEL_1" },
          { score: -score, label: "LABEL_0" },
        ];
      }),
  },
  vllm: {
    path: "/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      id: "rerank-bf362fd5e0cb4ae9",
      model: "BAAI/bge-reranker-v2-m3",
      usage: { total_tokens: 31 },
      results: ranked(request, scoreOf).map((entry) => ({
        index: entry.index,
        document: { text: request.documents?.[entry.index] },
        relevance_score: entry.score,
      })),
    }),
  },
  "vllm-score": {
    path: "/score",
    respond: ({ text_1, text_2 }: { text_1: string[]; text_2: string[] }, scoreOf) => ({
      id: "score-9dd5d4b2",
      object: "list",
      created: 1_764_453_600,
      model: "BAAI/bge-reranker-v2-m3",
      data: text_2.map((text, index) => ({ index, object: "score", score: scoreOf(text_1[index]!, text) })),
      usage,
    }),
  },
  infinity: {
    path: "/rerank",
    respond: (request: RankRequest, scoreOf) => ({
      object: "rerank",
      results: ranked(request, scoreOf).map((entry) => ({ ...relevance(entry), document: null })),
      model: "mixedbread-ai/mxbai-rerank-xsmall-v1",
      usage,
      id: "infinity-1",
      created: 1_764_453_600,
    }),
  },
};
