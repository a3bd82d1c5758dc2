/**
 * Starts the fleet on this machine, prints its addresses, and ends it on Ctrl-C:
 *
 *     node local/run.mjs [--servers 2] [--workers 2]
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { startLocalFleet } from "./start-local-fleet.mjs";

const { values } = parseArgs({
  options: { servers: { type: "string", default: "2" }, workers: { type: "string", default: "2" } },
});
const fleet = await startLocalFleet({ servers: Number(values.servers), workers: Number(values.workers) });
const { FLEET_DATABASE_URL, FLEET_RERANK_URL } = fleet.env;
console.log(`export FLEET_DATABASE_URL=${FLEET_DATABASE_URL} FLEET_RERANK_URL=${FLEET_RERANK_URL}`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
await fleet.stop();
