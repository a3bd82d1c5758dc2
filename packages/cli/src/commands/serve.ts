import { defineCommand } from "../contract/command.js";

/** `secondpass serve`: the HTTP server. */
export const serve = defineCommand({
  summary: "answer rerank and embedding requests over HTTP, as Cohere, Jina, TEI, vLLM and others do",
  description:
    "Serves rerankers and embedding models over HTTP to clients of Cohere, Jina, Voyage, Mixedbread, Text Embeddings Inference, vLLM, Infinity and OpenAI's embeddings. Without --model and --embedder: two small English models that come with this package, without network.",
  options: {
    model: {
      kind: "list",
      value: "[NAME=]ID|FOLDER",
      help: "reranker from the Hugging Face hub or a folder; the first one answers requests that name none or an unknown one",
    },
    embedder: { kind: "list", value: "[NAME=]ID|FOLDER", help: "embedding model, likewise" },
    alias: { kind: "list", value: "ALIAS=NAME", help: "another name of a model" },
    "strict-models": { kind: "flag", help: "answer 404 to requests that name an unknown model" },
    revision: { kind: "text", value: "REVISION", help: "branch, tag or commit of the models from the hub" },
    dtype: { kind: "text", value: "TYPE", default: "fp32", help: "number format: fp32, int8, q8…" },
    "max-length": {
      kind: "integer",
      value: "TOKENS",
      min: 1,
      help: "longest input of every model, in tokens; default: the model's own",
    },
    threads: {
      kind: "integer",
      value: "N",
      min: 1,
      help: "compute threads of each model; default: all cores",
    },
    isolation: {
      kind: "choice",
      choices: ["worker", "process"],
      default: "worker",
      help: "where models compute: in threads, or in a child process, so that a model's crash does not end the server",
    },
    host: {
      kind: "text",
      value: "HOST",
      default: "127.0.0.1",
      help: "address to listen at; 0.0.0.0 for all of this machine",
    },
    port: {
      kind: "integer",
      value: "PORT",
      min: 0,
      max: 65_535,
      default: 8080,
      help: "0 takes any free one",
    },
    "api-key": {
      kind: "list",
      value: "KEY",
      env: "SECONDPASS_API_KEYS",
      help: "key that clients must show as `Authorization: Bearer KEY`. Other users of this machine may see command lines: prefer the environment or a file",
    },
    "api-keys-file": {
      kind: "text",
      value: "FILE",
      help: "file with a key on each line; lines that begin with # do not count",
    },
    cors: {
      kind: "list",
      value: "ORIGIN",
      help: "origin whose web pages may call the server, such as https://example.org; * for all",
    },
    "auto-truncate": {
      kind: "flag",
      default: true,
      help: "answer 413 to texts that are too long, unless a request says `truncate`",
    },
    "max-client-batch-size": {
      kind: "integer",
      value: "N",
      min: 1,
      default: 2048,
      help: "texts of one request",
    },
    "payload-limit": {
      kind: "integer",
      value: "BYTES",
      min: 1,
      default: 6_291_456,
      help: "bytes of one request",
    },
    "max-concurrent-requests": {
      kind: "integer",
      value: "N",
      min: 1,
      default: 512,
      help: "requests at a time; more get 429",
    },
    "max-outstanding-tokens": {
      kind: "integer",
      value: "N",
      min: 1,
      default: 1_048_576,
      help: "tokens waiting or being computed; more get 429",
    },
    "max-batch-tokens": { kind: "integer", value: "N", min: 1, default: 16_384, help: "tokens of one batch" },
    "max-batch-pairs": {
      kind: "integer",
      value: "N",
      min: 1,
      default: 64,
      help: "pairs in a batch that combines several requests",
    },
    "max-connections": {
      kind: "integer",
      value: "N",
      min: 1,
      help: "connections at a time; default: 8192, or what open files allow",
    },
    "notice-seconds": {
      kind: "integer",
      value: "S",
      min: 0,
      default: 0,
      help: "after SIGTERM, how long requests are still accepted while /ready answers 503",
    },
    "grace-seconds": {
      kind: "integer",
      value: "S",
      min: 0,
      default: 25,
      help: "how long running requests may then take",
    },
    "log-level": {
      kind: "choice",
      choices: ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      default: "info",
      help: "level of the log on standard error; no level logs texts or keys",
    },
    "log-format": {
      kind: "choice",
      choices: ["json", "text"],
      help: "default: text on a terminal, else json",
    },
  },
  examples: [
    "secondpass serve",
    "secondpass serve --model BAAI/bge-reranker-base --embedder intfloat/e5-small-v2 --port 8000",
    "SECONDPASS_API_KEYS=one,two secondpass serve --host 0.0.0.0",
    "secondpass serve --model fast=cross-encoder/ms-marco-MiniLM-L6-v2 --alias rerank-v3.5=fast",
  ],
  async run(values, _operands, world) {
    const { readSettings } = await import("../serve/read-settings.js");
    const settings = readSettings(values, world.env);
    // Nothing else loads a model runtime.
    const { runServer } = await import("../serve/run-server.js");
    return runServer(settings, world);
  },
});
