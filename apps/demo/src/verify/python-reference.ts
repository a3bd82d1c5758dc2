import { spawn } from "node:child_process";

/** Input for Python: one question, the candidates of the first pass, and the models' hub ids. */
export interface ReferenceRequest {
  readonly query: string;
  readonly texts: readonly string[];
  readonly reranker: string;
  readonly embedder: string;
}

/** Results of sentence-transformers. */
export interface Reference {
  readonly version: string;
  /** Score of each text with the question. */
  readonly scores: readonly number[];
  /** Vectors of the question, then of each text. */
  readonly vectors: readonly (readonly number[])[];
}

const PROGRAM = `
import json, sys
try:
    import sentence_transformers
except ImportError:
    sys.exit(3)
request = json.load(sys.stdin)
reranker = sentence_transformers.CrossEncoder(request["reranker"], device="cpu")
embedder = sentence_transformers.SentenceTransformer(request["embedder"], device="cpu")
scores = reranker.predict([(request["query"], text) for text in request["texts"]], show_progress_bar=False)
vectors = embedder.encode([request["query"], *request["texts"]], show_progress_bar=False)
json.dump({"version": sentence_transformers.__version__, "scores": scores.tolist(), "vectors": vectors.tolist()}, sys.stdout)
`;
/** Exit code of the program if the library is missing. */
const NO_LIBRARY = 3;

/**
 * Computes scores and vectors with sentence-transformers. @returns the results, or the reason why there are none
 * @param python an executable, such as "python3"
 * @throws {Error} if Python has the library but fails; the message ends with its last line
 */
export function pythonReference(python: string, request: ReferenceRequest): Promise<Reference | string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ["-c", PROGRAM]);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", ({ message }) => resolve(`${python} could not be started (${message})`));
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(stdout) as Reference);
      else if (code === NO_LIBRARY) resolve(`${python} has no sentence-transformers`);
      else reject(new Error(`${python} ended with ${code}: ${stderr.trim().split("\n").at(-1) ?? ""}`));
    });
    // Python may end before it has read everything.
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(request));
  });
}
