import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Imports a package of the npm folder in BENCH_PEERS, which installPeers makes, instead of the version in this repository's lockfile. */
export async function importPeer(name) {
  const { load } = await import(pathToFileURL(join(process.env.BENCH_PEERS, "import.mjs")).href);
  return load(name);
}
