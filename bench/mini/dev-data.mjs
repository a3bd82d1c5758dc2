import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readJsonLines } from "../support/read-json-lines.mjs";

/** Folder of the development sets: next to the repository, never in it. */
export const DEV_DATA = fileURLToPath(new URL("../../../shared/data/dev/", import.meta.url));

export const BEIR_SETS = ["cacm", "liveqa_med", "qed", "pubmedqa"];
export const RERANK_SETS = ["selqa-dev"];

export const hasDevData = () => existsSync(DEV_DATA);

/**
 * Documents, and queries with the grades of what was judged for them.
 *
 * @typedef {object} RankingSet
 * @property {string} name
 * @property {{ id: string, title?: string, text: string }[]} documents `text` begins with the title
 * @property {{ text: string, grades: Map<string, number>, candidates?: string[] }[]} queries with `candidates`, only those ids
 *   are ranked; else the whole set
 */

/**
 * Reads a set in BEIR's layout. A document is its title and its text; every query with judgments in any of the files counts.
 * @returns {RankingSet}
 */
export function readBeirSet(name, limit = Infinity) {
  const folder = `${DEV_DATA}${name}/`;
  const documents = readJsonLines(`${folder}corpus.jsonl.gz`).map(({ _id, title, text }) => ({
    id: _id,
    title,
    text: title ? `${title} ${text}` : text,
  }));
  const grades = new Map();
  for (const file of readdirSync(`${folder}qrels`).sort()) {
    for (const line of readFileSync(`${folder}qrels/${file}`, "utf8").trim().split("\n").slice(1)) {
      const [query, document, grade] = line.split("\t");
      if (!grades.has(query)) grades.set(query, new Map());
      grades.get(query).set(document, Number(grade));
    }
  }
  const queries = readJsonLines(`${folder}queries.jsonl.gz`)
    .filter(({ _id }) => grades.has(_id))
    .map(({ _id, text }) => ({ text, grades: grades.get(_id) }));
  return { name, documents, queries: queries.slice(0, limit) };
}

/**
 * Reads queries that come with their candidates; only these are ranked. All candidates of the set are its documents.
 * @returns {RankingSet}
 */
export function readRerankSet(name, limit = Infinity) {
  const documents = [];
  const lines = readJsonLines(`${DEV_DATA}${name.replace("-dev", "-rerank-dev")}.jsonl.gz`).slice(0, limit);
  const queries = lines.map(({ query, candidates, labels }, row) => {
    const ids = candidates.map((_, i) => `${row}-${i}`);
    for (const [i, text] of candidates.entries()) documents.push({ id: ids[i], text });
    return { text: query, candidates: ids, grades: new Map(ids.map((id, i) => [id, Number(labels[i])])) };
  });
  return { name, documents, queries };
}

/** Corpora by name, and questions with the spans (in UTF-16 units) that answer them. */
export function readChunkingSet(limit = Infinity) {
  const folder = `${DEV_DATA}chunking_evaluation/`;
  const corpora = new Map(
    readdirSync(`${folder}corpora`)
      .sort()
      .map((file) => [file.replace(/\.md$/, ""), readFileSync(`${folder}corpora/${file}`, "utf8")]),
  );
  const [, ...rows] = csvRows(readFileSync(`${folder}questions_df.csv`, "utf8"));
  const questions = rows.map(([text, references, corpus]) => ({
    text,
    spans: JSON.parse(references).map(({ start_index, end_index }) => ({
      corpus,
      start: start_index,
      end: end_index,
    })),
  }));
  return { corpora, questions: questions.slice(0, limit) };
}

/** Rows of a CSV file whose fields may be quoted, with quotes doubled inside. */
function csvRows(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
