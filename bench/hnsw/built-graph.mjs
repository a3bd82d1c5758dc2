import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cacheFolder } from "../support/cache-folder.mjs";

/**
 * Builds an engine's graph, or with `kept` opens the one that an earlier run built with the same values and wrote below BENCH_CACHE.
 *
 * @param {{ call(body: object): Promise<any> }} engine
 * @param {object} request the fields of its `build` request, with `engine`
 * @param {{ set: string, kept: boolean }} options
 * @returns {Promise<{ ms: number, residentMib: number, opened: boolean }>} time and memory of building, from the earlier run if the graph was opened
 */
export async function builtGraph(engine, request, { set, kept }) {
  if (!kept) return { ...(await engine.call({ call: "build", ...request })), opened: false };
  mkdirSync(cacheFolder("graphs"), { recursive: true });
  const { n, d, m, efConstruction, threads } = request;
  const file = cacheFolder("graphs", [request.engine, set, n, d, m, efConstruction, threads].join("-"));
  if (existsSync(`${file}.json`)) {
    await engine.call({ call: "open", engine: request.engine, file, d });
    return { ...JSON.parse(readFileSync(`${file}.json`, "utf8")), opened: true };
  }
  const built = await engine.call({ call: "build", ...request });
  // The figures are written last: a graph without them was not written to its end.
  await engine.call({ call: "write", file: `${file}.part` });
  rmSync(file, { force: true });
  renameSync(`${file}.part`, file);
  writeFileSync(`${file}.json`, JSON.stringify(built));
  return { ...built, opened: false };
}
